package org.saminversion.inversion.network.segmentation;

import org.saminversion.graph.Graph;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.layer.ResidualBlocks;

/** DeepLab v3+ on ResNet-101 with output stride 16: the base of the invertibility network (spec networks.md 6). */
public final class DeepLab {
    private static final int SPATIAL_PYRAMID_BRANCHES = 4;
    private static final int[] PYRAMID_DILATIONS = {1, 6, 12, 18};
    /** Dilations 1, 2, 4 of the last stage, doubled by the output stride. */
    private static final int[] LAST_STAGE_DILATIONS = {2, 4, 8};

    private final Layers layers;

    /** @param tensors {@code backbone., aspp., decoder.} */
    public DeepLab(Graph graph, NamedTensors tensors) {
        this(new Layers(graph, tensors));
    }

    /** @param layers fixed ones, or such that are trained */
    public DeepLab(Layers layers) {
        this.layers = layers;
    }

    /**
     * @param image [N,3,H,W] in [-1,1]
     * @return [N,C,H,W], C as the last convolution has it, 8 in SAM
     */
    public Value features(Value image) {
        Layers backbone = layers.under("backbone");
        Value x = ResidualBlocks.stemPool(
                backbone.normalisedConvolution(image, "conv1", "bn1", 2, 1).relu());
        Value low = ResidualBlocks.bottleneckStage(x, backbone.under("layer1"), 1, block -> 1);
        x = ResidualBlocks.bottleneckStage(low, backbone.under("layer2"), 2, block -> 1);
        x = ResidualBlocks.bottleneckStage(x, backbone.under("layer3"), 2, block -> 1);
        x = ResidualBlocks.bottleneckStage(x, backbone.under("layer4"), 1, DeepLab::lastStageDilation);
        Value decoded = decoded(spatialPyramid(x), low);
        return decoded.bilinear(image.shape().size(2), image.shape().size(3), true);
    }

    private static int lastStageDilation(int block) {
        return LAST_STAGE_DILATIONS[Math.min(block, LAST_STAGE_DILATIONS.length - 1)];
    }

    /** Atrous spatial pyramid pooling. */
    private Value spatialPyramid(Value x) {
        Layers pyramid = layers.under("aspp");
        Value[] branches = new Value[SPATIAL_PYRAMID_BRANCHES + 1];
        for (int i = 0; i < SPATIAL_PYRAMID_BRANCHES; i++) {
            branches[i] = pyramid.under("aspp" + (i + 1))
                    .normalisedConvolution(x, "atrous_conv", "bn", 1, PYRAMID_DILATIONS[i])
                    .relu();
        }
        branches[SPATIAL_PYRAMID_BRANCHES] = pyramid.normalisedConvolution(
                        x.mean(2, 3), "global_avg_pool.1", "global_avg_pool.2")
                .relu()
                .bilinear(x.shape().size(2), x.shape().size(3), true);
        return pyramid.normalisedConvolution(Value.concatenate(1, branches), "conv1", "bn1")
                .relu();
    }

    private Value decoded(Value x, Value low) {
        Layers decoder = layers.under("decoder");
        Value detail = decoder.normalisedConvolution(low, "conv1", "bn1").relu();
        Value large = x.bilinear(low.shape().size(2), low.shape().size(3), true);
        Value y = decoder.normalisedConvolution(Value.concatenate(1, large, detail), "last_conv.0", "last_conv.1")
                .relu();
        y = decoder.normalisedConvolution(y, "last_conv.4", "last_conv.5").relu();
        return decoder.convolution(y, "last_conv.8");
    }
}
