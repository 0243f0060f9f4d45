package org.saminversion.inversion.network.layer;

import java.util.function.IntUnaryOperator;
import org.saminversion.graph.PoolOp.MaxPool;
import org.saminversion.graph.Value;

/** The blocks of ResNets, with the names of torchvision (spec networks.md 5, 6 and 7). */
public final class ResidualBlocks {
    private ResidualBlocks() {}

    /** The max pooling 3/2/1 of the stem. */
    public static Value stemPool(Value x) {
        return x.maxPool(new MaxPool(3, 2, 1, false));
    }

    /**
     * Two 3x3 convolutions, the first with the stride.
     *
     * @param block {@code conv1, bn1, conv2, bn2} and, where the shape changes, {@code downsample.0, downsample.1}
     */
    public static Value basic(Value x, Layers block, int stride) {
        Value y = block.normalisedConvolution(x, "conv1", "bn1", stride, 1).relu();
        return block.normalisedConvolution(y, "conv2", "bn2")
                .add(shortcut(x, block, stride))
                .relu();
    }

    /** Convolutions 1x1, 3x3 (with stride and dilation) and 1x1. */
    public static Value bottleneck(Value x, Layers block, int stride, int dilation) {
        Value y = block.normalisedConvolution(x, "conv1", "bn1").relu();
        y = block.normalisedConvolution(y, "conv2", "bn2", stride, dilation).relu();
        return block.normalisedConvolution(y, "conv3", "bn3")
                .add(shortcut(x, block, stride))
                .relu();
    }

    /** Basic blocks {@code 0, 1, ...} as many as there are; the first has the stride. */
    public static Value basicStage(Value in, Layers stage, int stride) {
        Value x = in;
        for (int i = 0; i < blocks(stage); i++) {
            x = basic(x, stage.under(Integer.toString(i)), i == 0 ? stride : 1);
        }
        return x;
    }

    /** Bottlenecks {@code 0, 1, ...} as many as there are; the first has the stride. */
    public static Value bottleneckStage(Value in, Layers stage, int stride, IntUnaryOperator dilation) {
        Value x = in;
        for (int i = 0; i < blocks(stage); i++) {
            x = bottleneck(x, stage.under(Integer.toString(i)), i == 0 ? stride : 1, dilation.applyAsInt(i));
        }
        return x;
    }

    private static int blocks(Layers stage) {
        int count = stage.tensors().count("", ".conv1.weight");
        if (count == 0) {
            throw stage.tensors().invalid("the tensor " + stage.tensors().prefix() + "0.conv1.weight is missing");
        }
        return count;
    }

    private static Value shortcut(Value x, Layers block, int stride) {
        return block.tensors().has("downsample.0.weight")
                ? block.normalisedConvolution(x, "downsample.0", "downsample.1", stride, 1)
                : x;
    }
}
