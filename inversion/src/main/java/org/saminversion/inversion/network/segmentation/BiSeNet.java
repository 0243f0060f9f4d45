package org.saminversion.inversion.network.segmentation;

import org.saminversion.graph.Graph;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.layer.ResidualBlocks;
import org.saminversion.inversion.network.layer.Resizing;

/** The segmenter of 19 parts of portraits, BiSeNet on ResNet-18 (spec networks.md 7.2). */
public final class BiSeNet {
    private final Layers layers;
    private final Layers context;

    /** @param tensors of {@code 79999_iter.pth}; the two auxiliary outputs are not needed */
    public BiSeNet(Graph graph, NamedTensors tensors) {
        this.layers = new Layers(graph, tensors);
        this.context = layers.under("cp");
    }

    /**
     * Scores of the labels.
     *
     * @param input [N,3,H,W] as {@link ImageNetInput} gives it
     * @return [N,19,H,W]
     */
    public Value scores(Value input) {
        Layers resnet = context.under("resnet");
        Value x = ResidualBlocks.stemPool(
                resnet.normalisedConvolution(input, "conv1", "bn1", 2, 1).relu());
        x = ResidualBlocks.basicStage(x, resnet.under("layer1"), 1);
        Value eighth = ResidualBlocks.basicStage(x, resnet.under("layer2"), 2);
        Value sixteenth = ResidualBlocks.basicStage(eighth, resnet.under("layer3"), 2);
        Value last = ResidualBlocks.basicStage(sixteenth, resnet.under("layer4"), 2);

        Value mean = block(last.mean(2, 3), context, "conv_avg");
        Value coarse =
                block(resizedLike(attended(last, context.under("arm32")).add(mean), sixteenth), context, "conv_head32");
        Value fine = block(
                resizedLike(attended(sixteenth, context.under("arm16")).add(coarse), eighth), context, "conv_head16");
        Value head = block(fused(eighth, fine), layers, "conv_out.conv");
        return layers.convolution(head, "conv_out.conv_out")
                .bilinear(input.shape().size(2), input.shape().size(3), true);
    }

    /** Attention refinement: channels weighed by what their means say. */
    private static Value attended(Value x, Layers part) {
        Value features = block(x, part, "conv");
        Value attention = part.normalisedConvolution(features.mean(2, 3), "conv_atten", "bn_atten")
                .sigmoid();
        return features.multiply(attention);
    }

    /** Feature fusion of the spatial and the context path. */
    private Value fused(Value spatial, Value semantic) {
        Layers fusion = layers.under("ffm");
        Value features = block(Value.concatenate(1, spatial, semantic), fusion, "convblk");
        Value squeezed = fusion.convolution(features.mean(2, 3), "conv1").relu();
        Value attention = fusion.convolution(squeezed, "conv2").sigmoid();
        return features.multiply(attention).add(features);
    }

    private static Value block(Value x, Layers layers, String name) {
        return layers.normalisedConvolution(x, name + ".conv", name + ".bn").relu();
    }

    private static Value resizedLike(Value x, Value finer) {
        return Resizing.nearest(x, finer.shape().size(2), finer.shape().size(3));
    }
}
