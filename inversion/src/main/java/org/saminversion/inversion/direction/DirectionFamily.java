package org.saminversion.inversion.direction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.DirectionDescription;
import org.saminversion.inversion.bundle.DirectionDescription.Space;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.space.LayerRange;

/**
 * Directions that were found together and that go into one file of a bundle.
 *
 * @param name of the file
 * @param layers the styles that they change
 * @param convention what their strength means
 * @param space where they move
 * @param useful the strength up to which they are sensible, in both senses
 * @param vectors [1,w_dim] or [1,L,w_dim] by the name of the direction; or as
 *     {@link org.saminversion.inversion.network.StyleChannels} has them for one image
 * @param mean [w_dim], from where the convention measures; without it, the mean of the bundle's W
 * @param metadata how they were found
 */
public record DirectionFamily(
        String name,
        LayerRange layers,
        Convention convention,
        Space space,
        double useful,
        SortedMap<String, Tensor> vectors,
        Optional<Tensor> mean,
        Map<String, String> metadata) {
    /** The tensor of a file that holds {@link #mean}. */
    static final String MEAN = "mean";

    /** One direction. */
    public static DirectionFamily of(String name, LayerRange layers, Tensor vector, Map<String, String> metadata) {
        return of(name, layers, Space.W_PLUS, DirectionDescription.USEFUL, vector, metadata);
    }

    /** One direction of any space. @param useful the strength up to which it is sensible, in both senses */
    public static DirectionFamily of(
            String name, LayerRange layers, Space space, double useful, Tensor vector, Map<String, String> metadata) {
        return new DirectionFamily(
                name,
                layers,
                Convention.RELATIVE,
                space,
                useful,
                new TreeMap<>(Map.of(name, vector)),
                Optional.empty(),
                metadata);
    }

    /** Directions named {@code name-00}, {@code name-01} and so on. */
    public static DirectionFamily numbered(
            String name, LayerRange layers, List<Tensor> vectors, Map<String, String> metadata) {
        SortedMap<String, Tensor> named = new TreeMap<>();
        for (Tensor vector : vectors) {
            named.put(String.format(Locale.ROOT, "%s-%02d", name, named.size()), vector);
        }
        return new DirectionFamily(
                name,
                layers,
                Convention.RELATIVE,
                Space.W_PLUS,
                DirectionDescription.USEFUL,
                named,
                Optional.empty(),
                metadata);
    }

    /** The same with another meaning of strength. */
    public DirectionFamily with(Convention other, Optional<Tensor> otherMean) {
        return new DirectionFamily(name, layers, other, space, useful, vectors, otherMean, metadata);
    }

    /**
     * Gives them to a bundle, after the directions that it has; numbered ones of the same name are replaced. The bundle stays as
     * it was until {@code bundle.yaml} is written.
     *
     * @return the bundle with the new directions
     * @throws JobFailure.Rejected if a name is none, or taken by a direction of another file ({@code direction-exists})
     */
    public ModelBundle addTo(ModelBundle opened) {
        // Finding directions may have taken hours, in which others were added.
        ModelBundle bundle = BundleReader.open(opened.folder());
        SortedSet<String> before = bundle.description().files();
        String file = unusedFile(before);
        List<DirectionDescription> directions =
                new ArrayList<>(bundle.description().directions());
        directions.removeIf(direction -> isNumbered(direction.name()));
        for (String direction : vectors.keySet()) {
            if (directions.stream().anyMatch(other -> other.name().equals(direction))) {
                throw new JobFailure.Rejected(
                        "direction-exists",
                        "the bundle has a direction " + direction + " already: choose another --name");
            }
            directions.add(description(direction, file));
        }
        SortedMap<String, Tensor> tensors = new TreeMap<>(vectors);
        mean.ifPresent(value -> tensors.put(MEAN, value));
        SafetensorsFile.of(tensors, metadata).write(bundle.folder().resolve(file));
        BundleDescription extended = bundle.description().withDirections(directions);
        ModelBundle written = BundleWriter.write(bundle.folder(), extended);
        before.removeAll(extended.files());
        before.forEach(unused -> delete(bundle.folder().resolve(unused)));
        return written;
    }

    private DirectionDescription description(String direction, String file) {
        try {
            return new DirectionDescription(direction, file, direction, layers, -useful, useful, convention, space);
        } catch (IllegalArgumentException misnamed) {
            throw new JobFailure.Rejected("parameter-out-of-range", misnamed.getMessage(), misnamed);
        }
    }

    private boolean isNumbered(String direction) {
        return direction.matches(Pattern.quote(name) + "-[0-9]{2,}");
    }

    private String unusedFile(SortedSet<String> used) {
        String file = "directions/" + name + ".safetensors";
        for (int i = 2; used.contains(file); i++) {
            file = "directions/" + name + "." + i + ".safetensors";
        }
        return file;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }
}
