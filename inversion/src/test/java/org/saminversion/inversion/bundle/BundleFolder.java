package org.saminversion.inversion.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.direction.Convention;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.space.LayerRange;

/** A tiny whole bundle for tests, and ways to spoil it. */
public final class BundleFolder {
    private BundleFolder() {}

    public static BundleDescription description(String name) {
        return new BundleDescription(
                name,
                "7",
                "tests",
                "made here",
                "made by a test",
                new GeneratorDescription("generator.safetensors", 16, 8, 4, 2, OptionalDouble.of(256)),
                ImageLayout.square(16),
                List.of(LatentSpace.W_PLUS, LatentSpace.parse("F2"), LatentSpace.parse("F4")),
                0.3,
                12,
                new PerceptualDescription.Trunk("perceptual.safetensors", 2, 1),
                SegmenterDescription.Graph.DEFAULT,
                "statistics.safetensors",
                List.of(new DirectionDescription(
                        "tall",
                        "directions/tall.safetensors",
                        "direction",
                        new LayerRange(1, 3),
                        -3,
                        2,
                        Convention.RELATIVE,
                        DirectionDescription.Space.W_PLUS)));
    }

    /** Makes the folder {@code parent/name} with all files. */
    public static Path create(Path parent, String name) {
        Path folder = parent.resolve(name);
        for (String file : List.of("generator", "perceptual")) {
            tensors(Map.of("a", Tensor.of(Shape.of(2), 1f, 2))).write(folder.resolve(file + ".safetensors"));
        }
        tensors(Map.of(
                        "w_mean",
                        Tensor.zeros(Shape.of(4)),
                        "w_covariance",
                        Tensor.of(Shape.of(4, 4), diagonal(1, 9, 4, 0.25))))
                .write(folder.resolve("statistics.safetensors"));
        tensors(Map.of("direction", Tensor.of(Shape.of(1, 4), 1f, 2, 3, 4)))
                .write(folder.resolve("directions/tall.safetensors"));
        BundleWriter.write(folder, description(name));
        return folder;
    }

    private static double[] diagonal(double... values) {
        double[] out = new double[values.length * values.length];
        for (int i = 0; i < values.length; i++) {
            out[i * values.length + i] = values[i];
        }
        return out;
    }

    private static SafetensorsFile tensors(Map<String, Tensor> tensors) {
        return SafetensorsFile.of(tensors, Map.of());
    }

    /** Replaces a part of {@code bundle.yaml}, which must be there. */
    public static void edit(Path folder, String part, String replacement) {
        Path file = folder.resolve(BundleReader.DESCRIPTION_FILE);
        try {
            String text = Files.readString(file);
            if (!text.contains(part)) {
                throw new IllegalArgumentException("'" + part + "' is not in\n" + text);
            }
            Files.writeString(file, text.replace(part, replacement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
