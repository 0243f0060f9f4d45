package org.saminversion.inversion.direction;

import org.saminversion.graph.Tensor;
import org.saminversion.inversion.space.LayerRange;

/**
 * A change of the style vectors.
 *
 * @param name such as {@code smile} or {@code pca-00}
 * @param offsets [1,L,w_dim], what strength 1 adds; zero outside the direction's layers
 * @param usefulFrom the strength from which the result is sensible
 * @param usefulTo the strength up to which the result is sensible
 * @param convention what the strength means
 * @param mean [w_dim], from where conventions other than {@link Convention#RELATIVE} measure
 */
public record EditDirection(
        String name, Tensor offsets, double usefulFrom, double usefulTo, Convention convention, Tensor mean)
        implements StyleEdit {
    @Override
    public void move(float[] wplus, double strength, LayerRange layers) {
        int width = mean.shape().elements();
        float[] direction = offsets.toFloats();
        float[] centre = mean.toFloats();
        double common = switch (convention) {
            case RELATIVE, CENTRED -> strength;
            case ABSOLUTE -> strength - ofFirstStyle(wplus, direction, centre);
            case OPPOSITE -> {
                double present = ofFirstStyle(wplus, direction, centre);
                yield -Math.signum(present) * strength - present;
            }
        };
        for (int style = 0; style < wplus.length / width; style++) {
            if (layers.contains(style)) {
                double step = convention == Convention.CENTRED
                        ? strength - along(wplus, style, direction, style, centre)
                        : common;
                for (int i = style * width; i < (style + 1) * width; i++) {
                    wplus[i] += (float) (step * direction[i]);
                }
            }
        }
    }

    /** How far the first style lies along the direction, which is the same for all styles that it has. */
    private static double ofFirstStyle(float[] wplus, float[] direction, float[] centre) {
        for (int style = 0; style < direction.length / centre.length; style++) {
            double present = along(wplus, 0, direction, style, centre);
            if (present != 0) {
                return present;
            }
        }
        return 0;
    }

    private static double along(float[] wplus, int style, float[] direction, int row, float[] centre) {
        double product = 0;
        double square = 0;
        for (int i = 0; i < centre.length; i++) {
            double d = direction[row * centre.length + i];
            product += (wplus[style * centre.length + i] - centre[i]) * d;
            square += d * d;
        }
        return square == 0 ? 0 : product / square;
    }
}
