package org.saminversion.inversion.training.invertibility;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.LatentSpace;

/**
 * Errors that inversions left, kept in a folder: one safetensors file per picture with {@code error.W+}, {@code error.F4} and so on,
 * half precision [H,W]. A file is named by the SHA-256 of its picture's pixels, so that the same picture is inverted once wherever it
 * came from, and each bundle and kind of inversions has a folder of its own.
 */
public final class ErrorMaps {
    private static final String ERROR = "error.";
    private static final int FOLDER_DIGITS = 16;

    private final Path folder;
    private final List<LatentSpace> candidates;

    /**
     * @param workFolder holds the folders of several bundles and kinds of inversions
     * @param inversions a word for how the pictures are inverted
     */
    public ErrorMaps(Path workFolder, ModelBundle bundle, String inversions) {
        this.candidates = bundle.description().candidates();
        this.folder = workFolder.resolve("errors-" + inversions + "-" + fingerprint(bundle));
    }

    /** Of all that the errors depend on beside the picture. */
    private static String fingerprint(ModelBundle bundle) {
        MessageDigest digest = sha256();
        List.of(
                        bundle.hashes().get(bundle.description().generator().file()),
                        bundle.hashes().get(bundle.description().perceptual().file()),
                        bundle.hashes().get(bundle.description().statistics()),
                        bundle.description().layout().toString(),
                        bundle.description().candidates().toString())
                .forEach(part -> digest.update(part.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, FOLDER_DIGITS);
    }

    /**
     * Whether there are errors of a picture.
     *
     * @param target at the size of the bundle's layout
     * @param features whether they must be in all candidate spaces, not only in W+
     */
    public boolean has(RgbImage target, boolean features) {
        return features
                ? find(target).stream().anyMatch(errors -> errors.size() == candidates.size())
                : Files.exists(file(target));
    }

    /**
     * The errors of a picture, if there are any.
     *
     * @param target at the size of the bundle's layout
     * @return [height*width] per space that it was inverted into
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if the file was damaged
     */
    public Optional<SortedMap<LatentSpace, float[]>> find(RgbImage target) {
        if (!Files.exists(file(target))) {
            return Optional.empty();
        }
        SafetensorsFile file = SafetensorsFile.read(file(target));
        SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
        spacesOf(file)
                .forEach(space -> errors.put(space, file.tensor(ERROR + space).toFloats()));
        return Optional.of(Collections.unmodifiableSortedMap(errors));
    }

    private List<LatentSpace> spacesOf(SafetensorsFile file) {
        return candidates.stream()
                .filter(space -> file.tensors().containsKey(ERROR + space))
                .toList();
    }

    /** Keeps the errors of a picture. @throws org.saminversion.inversion.failure.JobFailure.Transient if the disk is full */
    public void keep(RgbImage target, SortedMap<LatentSpace, float[]> errors) {
        Shape shape = Shape.of(target.height(), target.width());
        Map<String, Tensor> tensors = new TreeMap<>();
        errors.forEach((space, values) -> tensors.put(ERROR + space, Tensor.of(shape, values)));
        SafetensorsFile.of(tensors, Map.of())
                .withHalfPrecision(tensors.keySet())
                .write(file(target));
    }

    private Path file(RgbImage target) {
        MessageDigest digest = sha256();
        digest.update(target.pixels());
        return folder.resolve(HexFormat.of().formatHex(digest.digest()) + ".safetensors");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
