package org.saminversion.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.method.ClampGradient;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.PerceptualLayer;
import org.saminversion.inversion.network.PerceptualWeights;
import org.saminversion.inversion.network.StyleGan2Weights;
import org.saminversion.inversion.objective.Formulation;
import org.saminversion.inversion.objective.GaussianPrior;
import org.saminversion.inversion.space.LatentSpace;

/**
 * The three sizes of {@code bench/peer/torch_step.py} and two more, with random weights: speed does not depend on their values.
 *
 * @param size side of the image in pixels
 * @param width length of a style vector
 * @param spaces feature spaces with a delta
 * @param stages widths of the perceptual network's convolutions, by stage
 * @param image how the losses see the image
 */
public record BenchmarkLayout(
        int size, int width, List<LatentSpace> spaces, List<List<Integer>> stages, ImageLayout image) {
    /** Sides of the image in pixels; the peer knows 64, 256 and 512. */
    public static final List<Integer> SIZES = List.of(64, 128, 256, 512, 1024);

    private static final List<List<Integer>> VGG16 = List.of(
            List.of(64, 64), List.of(128, 128), List.of(256, 256, 256), List.of(512, 512, 512), List.of(512, 512, 512));
    private static final List<List<Integer>> SMALL =
            List.of(List.of(64, 64), List.of(128, 128), List.of(256, 256), List.of(256, 256));
    private static final Map<Integer, Integer> SMALL_CHANNELS = Map.of(4, 192, 8, 192, 16, 128, 32, 64, 64, 32);
    private static final int CHANNEL_BASE = 32768;
    private static final int CHANNELS_MAX = 512;

    /** @param size one of {@link #SIZES}: 512 (config-f, cars), 64 (the layout of faces64), else config-f */
    public static BenchmarkLayout of(int size) {
        return switch (size) {
            case 512 -> new BenchmarkLayout(512, 512, spaces("F4", "F6", "F8", "F10"), VGG16, ImageLayout.cars());
            case 128, 256, 1024 ->
                new BenchmarkLayout(size, 512, spaces("F4", "F6", "F8", "F10"), VGG16, ImageLayout.square(size));
            case 64 -> new BenchmarkLayout(64, 128, spaces("F2", "F4", "F6", "F8"), SMALL, ImageLayout.square(64));
            default -> throw new IllegalArgumentException("the sizes are " + SIZES + ", not " + size);
        };
    }

    private static List<LatentSpace> spaces(String... names) {
        return List.of(names).stream().map(LatentSpace::parse).toList();
    }

    /** The same with the first of its feature spaces only. */
    BenchmarkLayout withSpaces(int count) {
        return new BenchmarkLayout(size, width, spaces.subList(0, count), stages, image);
    }

    int channels(int resolution) {
        return size == 64 ? SMALL_CHANNELS.get(resolution) : Math.min(CHANNEL_BASE / resolution, CHANNELS_MAX);
    }

    /** Style vectors of the generator. */
    int styles() {
        return 2 * Integer.numberOfTrailingZeros(size) - 2;
    }

    SortedSet<LatentSpace> spaceSet() {
        return new TreeSet<>(spaces);
    }

    /** Random networks of this layout; the same seed gives the same numbers. */
    InversionGraph.Networks networks(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        float[] mean = new float[width];
        double[] identity = new double[width * width];
        for (int i = 0; i < width; i++) {
            identity[i * width + i] = 1;
        }
        return new InversionGraph.Networks(
                generator(random),
                perceptual(random),
                new GaussianPrior(Tensor.of(Shape.of(width), mean), Tensor.of(Shape.of(width, width), identity)),
                image,
                NoiseMode.CONSTANT,
                Formulation.RELEASED,
                ClampGradient.ZERO);
    }

    private StyleGan2Weights generator(RandomGenerator random) {
        Map<String, Tensor> tensors = new HashMap<>();
        tensors.put("mapping.fc0.weight", normal(random, 1, width, width));
        tensors.put("mapping.fc0.bias", Tensor.zeros(Shape.of(width)));
        tensors.put("synthesis.b4.const", normal(random, 1, channels(4), 4, 4));
        for (int r = 4; r <= size; r *= 2) {
            String block = "synthesis.b" + r + ".";
            int out = channels(r);
            if (r > 4) {
                layer(random, tensors, block + "conv0", channels(r / 2), out, r);
            }
            layer(random, tensors, block + "conv1", out, out, r);
            tensors.put(block + "torgb.weight", normal(random, 1, 3, out, 1, 1));
            tensors.put(block + "torgb.bias", Tensor.zeros(Shape.of(3)));
            affine(random, tensors, block + "torgb", out);
        }
        return new StyleGan2Weights(tensors, OptionalDouble.empty());
    }

    private void layer(RandomGenerator random, Map<String, Tensor> tensors, String name, int in, int out, int r) {
        tensors.put(name + ".weight", normal(random, 1, out, in, 3, 3));
        tensors.put(name + ".bias", normal(random, 0.1, out));
        tensors.put(name + ".noise_const", normal(random, 1, r, r));
        tensors.put(name + ".noise_strength", Tensor.filled(Shape.of(1), 0.1f));
        affine(random, tensors, name, in);
    }

    private void affine(RandomGenerator random, Map<String, Tensor> tensors, String name, int in) {
        tensors.put(name + ".affine.weight", normal(random, 1, in, width));
        tensors.put(name + ".affine.bias", Tensor.filled(Shape.of(in), 1));
    }

    private PerceptualWeights perceptual(RandomGenerator random) {
        List<List<PerceptualLayer>> built = new ArrayList<>();
        List<Tensor> heads = new ArrayList<>();
        int in = 3;
        for (List<Integer> stage : stages) {
            List<PerceptualLayer> convolutions = new ArrayList<>();
            for (int out : stage) {
                convolutions.add(new PerceptualLayer.Convolution(
                        normal(random, Math.sqrt(2.0 / (9 * in)), out, in, 3, 3), normal(random, 0.05, out)));
                in = out;
            }
            built.add(List.copyOf(convolutions));
            heads.add(Tensor.filled(Shape.of(1, in, 1, 1), 0.5f));
        }
        return new PerceptualWeights(PerceptualWeights.pooledBetween(built), Optional.of(heads), true);
    }

    static Tensor normal(RandomGenerator random, double scale, int... sizes) {
        Shape shape = Shape.of(sizes);
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Float.BYTES * shape.elements()).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer values = bytes.asFloatBuffer();
        while (values.hasRemaining()) {
            values.put((float) (scale * random.nextGaussian()));
        }
        return Tensor.of(ElementType.FLOAT32, shape, bytes);
    }
}
