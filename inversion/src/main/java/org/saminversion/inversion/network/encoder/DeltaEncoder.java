package org.saminversion.inversion.network.encoder;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.layer.Layers;

/**
 * A small network of our own that corrects one feature space: from a photograph, its rendering so far, the mask of the space and the
 * features that are there, to a delta. The paper's encoders of the feature spaces are not published; this design is ours. All is
 * done at the resolution of the space, where a block of pixels is a pixel with many channels.
 *
 * <p>Tensors, each {@code weight} with a {@code bias}: {@code features} [C], the normalisation of the features; {@code stem} [D,I,3,3]
 * with I = 6 f² + 1 + C for blocks of f pixels; for each residual block {@code i} = 0, 2, 4: {@code norm{i}}, {@code conv{i}} [D,D,3,3],
 * {@code norm{i+1}}, {@code conv{i+1}}; {@code last} [C,D,1,1], which starts at zero.
 *
 * @param layers the encoder's own
 */
public record DeltaEncoder(Layers layers) {
    private static final int GROUP_CHANNELS = 8;
    private static final float SLOPE = 0.2f;

    /**
     * @param photograph [N,3,H,H] in [-1,1]
     * @param rendering likewise
     * @param mask [N,1,r,r] in [0,1], r divides H
     * @param features [N,C,r,r] of the generator, before the delta
     * @return [N,C,r,r], not masked
     */
    public Value delta(Value photograph, Value rendering, Value mask, Value features) {
        int block = photograph.shape().size(2) / mask.shape().size(2);
        Value pixels = Value.concatenate(1, photograph, photograph.subtract(rendering));
        Value seen = Value.concatenate(
                1,
                block == 1 ? pixels : pixels.spaceToDepth(block),
                mask,
                layers.groupNormalised(features, "features", GROUP_CHANNELS));
        Value x = layers.convolution(seen, "stem");
        for (int i = 0; layers.tensors().has("conv" + i + ".weight"); i += 2) {
            x = x.add(normalisedConvolution(normalisedConvolution(x, i), i + 1));
        }
        return layers.convolution(x.leakyRelu(SLOPE), "last");
    }

    private Value normalisedConvolution(Value x, int i) {
        return layers.convolution(
                layers.groupNormalised(x, "norm" + i, GROUP_CHANNELS).leakyRelu(SLOPE), "conv" + i);
    }

    /**
     * Tensors for a new encoder.
     *
     * @param block pixels of the picture along a side of a pixel of the space
     * @param channels of the space
     * @param width channels within the encoder, a multiple of 8
     * @param residualBlocks at least 1
     */
    public static SortedMap<String, Tensor> initial(
            int block, int channels, int width, int residualBlocks, RandomGenerator seeded) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        InitialTensors.putNormalisation(tensors, "features", channels);
        InitialTensors.putConvolution(tensors, seeded, "stem", width, 6 * block * block + 1 + channels, 3);
        for (int i = 0; i < 2 * residualBlocks; i++) {
            InitialTensors.putNormalisation(tensors, "norm" + i, width);
            InitialTensors.putConvolution(tensors, seeded, "conv" + i, width, width, 3);
        }
        tensors.put("last.weight", Tensor.zeros(Shape.of(channels, width, 1, 1)));
        tensors.put("last.bias", Tensor.zeros(Shape.of(channels)));
        return tensors;
    }
}
