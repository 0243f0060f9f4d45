package org.saminversion.inversion.direction;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.network.StyleChannels;
import org.saminversion.inversion.space.LayerRange;

/**
 * Closed-form factorisation (SeFa, spec edits.md 5): the directions of W that change the modulation of some layers most, from the
 * generator's weights alone.
 */
public final class SemanticFactors {
    private SemanticFactors() {}

    /**
     * @param generator tensors under the names of spec networks.md 1.1
     * @param styles L of the generator
     * @param layers the styles whose modulation counts
     * @return all w_dim directions of length 1, the most effective first; in each the entry of the largest size is positive
     */
    public static List<double[]> of(Map<String, Tensor> generator, int styles, LayerRange layers) {
        double[] product = null;
        int width = 0;
        for (int style = layers.start(); style < layers.end(); style++) {
            Tensor weight = generator.get(layer(style, styles) + ".affine.weight");
            width = weight.shape().size(1);
            product = product == null ? new double[width * width] : product;
            addNormalisedRows(weight.toDoubles(), width, product);
        }
        return List.of(PrincipalComponents.ofCovariance(Tensor.of(Shape.of(width, width), product))
                .vectors());
    }

    private static void addNormalisedRows(double[] weight, int width, double[] product) {
        for (int row = 0; row < weight.length / width; row++) {
            int start = row * width;
            double square = IntStream.range(start, start + width)
                    .mapToDouble(i -> weight[i] * weight[i])
                    .sum();
            if (square == 0) {
                continue;
            }
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    product[i * width + j] += weight[start + i] * weight[start + j] / square;
                }
            }
        }
    }

    /** The layer that a style modulates first: a convolution, and for the last style the last colour layer. */
    private static String layer(int style, int styles) {
        return style == styles - 1
                ? "synthesis.b" + StyleChannels.resolution(style) / 2 + ".torgb"
                : StyleChannels.layer(style);
    }
}
