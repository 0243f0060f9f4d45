package org.saminversion.inversion.network.encoder;

import java.util.ArrayList;
import java.util.List;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;

/**
 * An encoder of photographs into style vectors: e4e, pSp, and both kinds of ReStyle (spec networks.md 4 and 5).
 *
 * <p>What it is made of follows from its tensors: an IR-SE50 trunk with a feature pyramid if there are lateral layers, IR-SE50
 * without one, or ResNet-34. A ReStyle encoder takes the photograph and its present reconstruction, six channels.
 */
public final class StyleEncoder {
    private static final float SLOPE = 0.01f;
    /** The first style that sees the medium level of the pyramid, and the first that sees the fine one. */
    private static final int MEDIUM_FROM = 3;

    private static final int FINE_FROM = 7;

    private final Layers layers;
    private final NamedTensors tensors;
    private final CodeComposition composition;

    /**
     * @param tensors named as in the checkpoint, without {@code encoder.}
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if they have no style heads
     */
    public StyleEncoder(Graph graph, NamedTensors tensors, CodeComposition composition) {
        this.layers = new Layers(graph, tensors);
        this.tensors = tensors;
        this.composition = composition;
        tensors.tensor("styles.0.linear.weight");
    }

    /** L, the number of style vectors that the encoder gives. */
    public int styles() {
        return tensors.count("styles.", ".linear.weight");
    }

    /** 3, or 6 for ReStyle. */
    public int inputChannels() {
        return tensors.tensor(isResNet() ? "conv1.weight" : "input_layer.0.weight")
                .shape()
                .size(1);
    }

    /**
     * The code of each image, to which the checkpoint's {@code latent_avg} is still to be added if it starts from there (in
     * ReStyle, the code of the pass before).
     *
     * @param image [N,C,H,W] in [-1,1], 256 x 256 or, for cars, 192 x 256
     * @return [N,L,512]
     * @throws IllegalArgumentException if the image is too large for the heads, which halve it a fixed number of times
     */
    public Value codes(Value image) {
        List<Value> maps = maps(image);
        List<Value> codes = new ArrayList<>();
        for (int style = 0; style < maps.size(); style++) {
            Value code = head(maps.get(style), layers.under("styles." + style));
            codes.add(
                    composition == CodeComposition.DEVIATIONS && style > 0
                            ? codes.get(0).add(code)
                            : code);
        }
        return Value.concatenate(1, codes.toArray(Value[]::new));
    }

    private boolean isResNet() {
        return !tensors.has("input_layer.0.weight");
    }

    /** What each head sees. */
    private List<Value> maps(Value image) {
        int styles = styles();
        if (isResNet()) {
            return java.util.Collections.nCopies(styles, new ResNet34(layers).coarse(image));
        }
        IrSe50.Levels levels = new IrSe50(layers).levels(image);
        if (!tensors.has("latlayer1.weight")) {
            return java.util.Collections.nCopies(styles, levels.coarse());
        }
        Value medium = joined(levels.coarse(), levels.medium(), "latlayer1");
        Value fine = joined(medium, levels.fine(), "latlayer2");
        List<Value> maps = new ArrayList<>();
        for (int style = 0; style < styles; style++) {
            maps.add(style < MEDIUM_FROM ? levels.coarse() : style < FINE_FROM ? medium : fine);
        }
        return maps;
    }

    private Value joined(Value coarser, Value finer, String lateral) {
        return coarser.bilinear(finer.shape().size(2), finer.shape().size(3), true)
                .add(layers.convolution(finer, lateral));
    }

    /** Halving convolutions down to one pixel, then a linear layer: [N,1,512]. */
    private static Value head(Value map, Layers head) {
        Value x = map;
        for (int i = 0; head.tensors().has("convs." + i + ".weight"); i += 2) {
            x = head.convolution(x, "convs." + i, 2).leakyRelu(SLOPE);
        }
        int batch = x.shape().size(0);
        int width = x.shape().size(1);
        if (x.shape().size(2) != 1 || x.shape().size(3) != 1) {
            throw new IllegalArgumentException("the image is too large for this encoder: its style heads end with "
                    + x.shape() + " instead of one pixel");
        }
        Value code = head.linear(x.reshape(batch, width), "linear", 1 / Math.sqrt(width));
        return code.reshape(batch, 1, code.shape().size(1));
    }
}
