package org.saminversion.inversion.network;

import java.util.HashMap;
import java.util.Map;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.Goldens;

/** LPIPS-VGG16 with the goldens' formula weights. */
public final class FormulaVgg {
    private static final int[] INDICES = {0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28};
    private static final int[] WIDTHS = {64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512};
    private static final int[] TAPS = {64, 128, 256, 512, 512};
    private static final double GAIN = 6;

    private FormulaVgg() {}

    public static PerceptualWeights weights() {
        Map<String, Tensor> tensors = new HashMap<>();
        int in = 3;
        for (int i = 0; i < INDICES.length; i++) {
            String name = "features." + INDICES[i];
            tensors.put(name + ".weight", Goldens.formulaWeight(name + ".weight", GAIN, WIDTHS[i], in, 3, 3));
            tensors.put(name + ".bias", scaled(name + ".bias", 0.1, false, Shape.of(WIDTHS[i])));
            in = WIDTHS[i];
        }
        for (int tap = 0; tap < TAPS.length; tap++) {
            String name = "lin" + tap + ".model.1.weight";
            tensors.put(name, scaled(name, 0.2, true, Shape.of(1, TAPS[tap], 1, 1)));
        }
        return PerceptualWeights.vgg16(tensors);
    }

    private static Tensor scaled(String name, double factor, boolean absolute, Shape shape) {
        double[] u = Goldens.formula(name, shape.elements());
        float[] values = new float[u.length];
        for (int i = 0; i < u.length; i++) {
            values[i] = (float) (factor * (absolute ? Math.abs(u[i]) : u[i]));
        }
        return Tensor.of(shape, values);
    }
}
