package org.saminversion.inversion.method;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.PerceptualWeights;
import org.saminversion.inversion.network.StyleGan2Weights;
import org.saminversion.inversion.objective.Formulation;
import org.saminversion.inversion.objective.GaussianPrior;

/** A generator of 16 pixels with random weights, and what belongs to it. */
public final class SmallNetworks {
    public static final int WIDTH = 6;
    private static final int SIDE = 16;
    private static final int CHANNELS = 5;

    private SmallNetworks() {}

    public static InversionGraph.Networks random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            tensors.put("mapping.fc" + i + ".weight", normal(random, 100, WIDTH, WIDTH));
            tensors.put("mapping.fc" + i + ".bias", normal(random, 1, WIDTH));
        }
        tensors.put("mapping.w_avg", normal(random, 0.1, WIDTH));
        tensors.put("synthesis.b4.const", normal(random, 1, CHANNELS, 4, 4));
        for (int r = 4; r <= SIDE; r *= 2) {
            for (String conv : r == 4 ? List.of("conv1") : List.of("conv0", "conv1")) {
                String layer = "synthesis.b" + r + "." + conv;
                layer(tensors, random, layer, CHANNELS, 3);
                tensors.put(layer + ".noise_strength", Tensor.of(Shape.of(1), 0.2f));
                tensors.put(layer + ".noise_const", normal(random, 1, r, r));
            }
            layer(tensors, random, "synthesis.b" + r + ".torgb", 3, 1);
        }
        double[] precision = new double[WIDTH * WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            precision[i * WIDTH + i] = 1 + i;
            precision[i * WIDTH + (i + 1) % WIDTH] = 0.25;
        }
        return new InversionGraph.Networks(
                new StyleGan2Weights(tensors, OptionalDouble.empty()),
                PerceptualWeights.trunk(Map.of(
                        "stage0.conv0.weight", normal(random, 0.3, 4, 3, 3, 3),
                        "stage0.conv0.bias", normal(random, 0.1, 4),
                        "stage1.conv0.weight", normal(random, 0.3, 4, 4, 3, 3),
                        "stage1.conv0.bias", normal(random, 0.1, 4))),
                new GaussianPrior(normal(random, 0.1, WIDTH), Tensor.of(Shape.of(WIDTH, WIDTH), precision)),
                ImageLayout.square(SIDE),
                NoiseMode.CONSTANT,
                Formulation.RELEASED,
                ClampGradient.RETURNING);
    }

    private static void layer(Map<String, Tensor> tensors, SplittableRandom random, String name, int out, int kernel) {
        tensors.put(name + ".weight", normal(random, 1, out, CHANNELS, kernel, kernel));
        tensors.put(name + ".bias", normal(random, 0.1, out));
        tensors.put(name + ".affine.weight", normal(random, 1, CHANNELS, WIDTH));
        tensors.put(name + ".affine.bias", Tensor.filled(Shape.of(CHANNELS), 1));
    }

    public static Tensor normal(SplittableRandom random, double deviation, int... sizes) {
        float[] values = new float[Shape.of(sizes).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return Tensor.of(Shape.of(sizes), values);
    }
}
