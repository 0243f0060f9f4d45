package org.saminversion.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.PerceptualDescription;
import org.saminversion.inversion.bundle.SegmenterDescription;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.space.LatentSpace;

/** A whole bundle with random networks that are so small that a step takes about a millisecond: the engine is the real one. */
final class TinyBundle {
    static final String NAME = "tiny";
    private static final int SIZE = 16;
    private static final int WIDTH = 16;
    private static final int CHANNELS = 8;
    private static final long SEED = 20261125;

    private final RandomGenerator random = new SplittableRandom(SEED);
    private final Map<String, Tensor> generator = new TreeMap<>();

    private TinyBundle() {}

    /** Makes the folder {@code parent/tiny}. */
    static void create(Path parent) {
        new TinyBundle().write(parent.resolve(NAME));
    }

    private void write(Path folder) {
        save(folder, "generator", generator());
        save(
                folder,
                "perceptual",
                Map.of(
                        "stage0.conv0.weight", normal(0.3, CHANNELS, 3, 3, 3),
                        "stage0.conv0.bias", Tensor.zeros(Shape.of(CHANNELS))));
        double[] identity = new double[WIDTH * WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            identity[i * WIDTH + i] = 1;
        }
        Tensor mean = Tensor.zeros(Shape.of(WIDTH));
        Tensor covariance = Tensor.of(Shape.of(WIDTH, WIDTH), identity);
        save(
                folder,
                "statistics",
                Map.of("w_mean", mean, "v_mean", mean, "w_covariance", covariance, "v_covariance", covariance));
        BundleWriter.write(folder, description());
    }

    private static BundleDescription description() {
        return new BundleDescription(
                NAME,
                "1",
                "noise",
                "made by a test",
                "random numbers",
                new GeneratorDescription("generator.safetensors", SIZE, WIDTH, WIDTH, 1, OptionalDouble.empty()),
                ImageLayout.square(SIZE),
                List.of(LatentSpace.W_PLUS, LatentSpace.parse("F2"), LatentSpace.parse("F4")),
                0.3,
                100,
                new PerceptualDescription.Trunk("perceptual.safetensors", 1, 1),
                SegmenterDescription.Graph.DEFAULT,
                "statistics.safetensors",
                List.of());
    }

    private Map<String, Tensor> generator() {
        generator.put("mapping.fc0.weight", normal(1, WIDTH, WIDTH));
        generator.put("mapping.fc0.bias", Tensor.zeros(Shape.of(WIDTH)));
        generator.put("synthesis.b4.const", normal(1, CHANNELS, 4, 4));
        for (int r = 4; r <= SIZE; r *= 2) {
            String block = "synthesis.b" + r + ".";
            if (r > 4) {
                layer(block + "conv0", r);
            }
            layer(block + "conv1", r);
            generator.put(block + "torgb.weight", normal(0.3, 3, CHANNELS, 1, 1));
            generator.put(block + "torgb.bias", Tensor.zeros(Shape.of(3)));
            affine(block + "torgb");
        }
        return generator;
    }

    private void layer(String name, int r) {
        generator.put(name + ".weight", normal(1, CHANNELS, CHANNELS, 3, 3));
        generator.put(name + ".bias", normal(0.1, CHANNELS));
        generator.put(name + ".noise_const", normal(1, r, r));
        generator.put(name + ".noise_strength", Tensor.filled(Shape.of(1), 0.1f));
        affine(name);
    }

    private void affine(String name) {
        generator.put(name + ".affine.weight", normal(0.3, CHANNELS, WIDTH));
        generator.put(name + ".affine.bias", Tensor.filled(Shape.of(CHANNELS), 1));
    }

    private Tensor normal(double scale, int... sizes) {
        float[] values = new float[Shape.of(sizes).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return Tensor.of(Shape.of(sizes), values);
    }

    private static void save(Path folder, String name, Map<String, Tensor> tensors) {
        SafetensorsFile.of(tensors, Map.of()).write(folder.resolve(name + ".safetensors"));
    }
}
