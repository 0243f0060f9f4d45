package org.saminversion.inversion.training.invertibility;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.TrialInversion;
import org.saminversion.inversion.engine.TrialSteps;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.LatentSpace;

/**
 * Trial inversions and their errors, kept in a folder: one safetensors file per picture with {@code error.W+}, {@code error.F4} and so
 * on, half precision [H,W], and {@code reconstruction.W+} and so on, bytes [H,W,3]. A file is named by the SHA-256 of its picture's pixels, so that the same picture is inverted once wherever it
 * came from, and each bundle and number of steps has a folder of its own.
 */
public final class ErrorMaps {
    private static final String ERROR = "error.";
    private static final String RECONSTRUCTION = "reconstruction.";
    private static final int FOLDER_DIGITS = 16;

    private final Path folder;
    private final List<LatentSpace> candidates;

    /**
     * @param workFolder holds the folders of several bundles and numbers of steps
     * @param steps of the inversions, those into feature spaces included
     */
    public ErrorMaps(Path workFolder, ModelBundle bundle, TrialSteps steps) {
        this.candidates = bundle.description().candidates();
        this.folder = workFolder.resolve(String.format(
                Locale.ROOT, "errors-%d-%d-steps-%s", steps.styles(), steps.features(), fingerprint(bundle)));
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
     * Whether there are inversions of a picture.
     *
     * @param target at the size of the bundle's layout
     * @param features whether they must be in all candidate spaces, not only in W+
     */
    public boolean has(RgbImage target, boolean features) {
        return features
                ? find(target).stream().anyMatch(trial -> trial.errors().size() == candidates.size())
                : Files.exists(file(target));
    }

    /**
     * The inversions of a picture, if there are any.
     *
     * @param target at the size of the bundle's layout
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if the file was damaged
     */
    public Optional<TrialInversion> find(RgbImage target) {
        if (!Files.exists(file(target))) {
            return Optional.empty();
        }
        SafetensorsFile file = SafetensorsFile.read(file(target));
        SortedMap<LatentSpace, RgbImage> reconstructions = new TreeMap<>();
        SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
        for (LatentSpace space : spacesOf(file)) {
            byte[] pixels = new byte[target.pixels().length];
            file.tensor(RECONSTRUCTION + space).bytes().get(pixels);
            reconstructions.put(space, new RgbImage(target.width(), target.height(), pixels));
            errors.put(space, file.tensor(ERROR + space).toFloats());
        }
        return Optional.of(new TrialInversion(reconstructions, errors));
    }

    private List<LatentSpace> spacesOf(SafetensorsFile file) {
        return candidates.stream()
                .filter(space -> file.tensors().containsKey(ERROR + space))
                .toList();
    }

    /** Keeps the inversions of a picture. @throws org.saminversion.inversion.failure.JobFailure.Transient if the disk is full */
    public void keep(RgbImage target, TrialInversion trial) {
        Shape shape = Shape.of(target.height(), target.width());
        Map<String, Tensor> tensors = new TreeMap<>();
        trial.errors().forEach((space, values) -> tensors.put(ERROR + space, Tensor.of(shape, values)));
        Set<String> halves = Set.copyOf(tensors.keySet());
        trial.reconstructions().forEach((space, picture) -> tensors.put(RECONSTRUCTION + space, pixels(picture)));
        SafetensorsFile.of(tensors, Map.of()).withHalfPrecision(halves).write(file(target));
    }

    private static Tensor pixels(RgbImage picture) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(picture.pixels().length)
                .put(picture.pixels())
                .flip();
        return Tensor.of(ElementType.UINT8, Shape.of(picture.height(), picture.width(), 3), bytes);
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
