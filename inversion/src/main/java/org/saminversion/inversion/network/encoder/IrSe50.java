package org.saminversion.inversion.network.encoder;

import org.saminversion.graph.PoolOp.MaxPool;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.layer.Layers;

/** The trunk IR-SE50: residual units with squeeze-and-excitation (spec networks.md 4). */
final class IrSe50 {
    /** Units by stage; the first of each halves the size. */
    private static final int[] UNITS = {3, 4, 14, 3};

    /** Features at 1/4, 1/8 and 1/16 of the image's size. */
    record Levels(Value fine, Value medium, Value coarse) {}

    private final Layers layers;

    IrSe50(Layers layers) {
        this.layers = layers;
    }

    /** @param image [N,C,H,W], C as the checkpoint has it: 3, or 6 for ReStyle */
    Levels levels(Value image) {
        Value x = layers.parametricRelu(
                layers.normalisedConvolution(image, "input_layer.0", "input_layer.1"), "input_layer.2");
        Value[] ends = new Value[UNITS.length];
        int unit = 0;
        for (int stage = 0; stage < UNITS.length; stage++) {
            for (int i = 0; i < UNITS[stage]; i++) {
                x = unit(x, layers.under("body." + unit++), i == 0 ? 2 : 1);
            }
            ends[stage] = x;
        }
        return new Levels(ends[1], ends[2], ends[3]);
    }

    private static Value unit(Value x, Layers unit, int stride) {
        Value y = unit.normalised(x, "res_layer.0");
        y = unit.parametricRelu(unit.convolution(y, "res_layer.1"), "res_layer.2");
        y = unit.normalisedConvolution(y, "res_layer.3", "res_layer.4", stride, 1);
        Value squeezed = unit.convolution(y.mean(2, 3), "res_layer.5.fc1").relu();
        Value excitation = unit.convolution(squeezed, "res_layer.5.fc2").sigmoid();
        return y.multiply(excitation).add(shortcut(x, unit, stride));
    }

    private static Value shortcut(Value x, Layers unit, int stride) {
        if (unit.tensors().has("shortcut_layer.0.weight")) {
            return unit.normalisedConvolution(x, "shortcut_layer.0", "shortcut_layer.1", stride, 1);
        }
        return stride == 1 ? x : x.maxPool(new MaxPool(1, stride, 0, false));
    }
}
