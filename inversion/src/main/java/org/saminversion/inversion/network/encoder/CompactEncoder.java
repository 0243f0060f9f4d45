package org.saminversion.inversion.network.encoder;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;

/**
 * A small encoder of our own for generators of few pixels: residual blocks with group normalisation that halve the picture down to
 * four pixels a side, then one linear layer for all style vectors. Pixels become channels where it halves: that is faster to train
 * than strided convolutions.
 *
 * <p>Tensors, each {@code weight} with a {@code bias}: {@code stem} [C,12,3,3], or [C,24,3,3] if it also sees a rendering; per block {@code blocks.{i}.norm0}, {@code .conv0}
 * [C',4C,1,1], {@code .norm1}, {@code .conv1} [C',C',3,3], {@code .shortcut} [C',C,1,1]; {@code narrow} [N,C,1,1]; {@code head}
 * [L*w_dim,16N].
 */
public final class CompactEncoder {
    private static final int GROUP_CHANNELS = 8;
    private static final float SLOPE = 0.2f;
    private static final int SIDE_AT_END = 4;
    private static final int NARROW_CHANNELS = 64;

    private final Layers layers;

    /** Whether tensors are those of such an encoder, whatever kind a bundle says it is. */
    public static boolean isMadeOf(NamedTensors tensors) {
        return tensors.has("stem.weight") && tensors.has("head.weight");
    }

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected if a tensor is missing */
    public CompactEncoder(Graph graph, NamedTensors tensors) {
        this(new Layers(graph, tensors));
    }

    /** @param layers fixed ones, or such that are trained */
    public CompactEncoder(Layers layers) {
        this.layers = layers;
        layers.tensors().tensor("stem.weight");
        layers.tensors().tensor("head.weight");
    }

    /**
     * @param image [N,3,H,W] in [-1,1], or with a rendering [N,6,H,W]; the stem and each block halve it, and 4 x 4 must remain
     * @param styles L
     * @return the codes [N,L,w_dim], to which {@code latent_avg} is still to be added
     * @throws IllegalArgumentException if the picture has another size than the network is made for
     */
    public Value codes(Value image, int styles) {
        Value x = layers.convolution(image.spaceToDepth(2), "stem");
        for (int i = 0; layers.tensors().has("blocks." + i + ".conv0.weight"); i++) {
            x = block(x, layers.under("blocks." + i));
        }
        int batch = x.shape().size(0);
        if (x.shape().size(2) != SIDE_AT_END || x.shape().size(3) != SIDE_AT_END) {
            throw new IllegalArgumentException(
                    "a picture of " + image.shape() + " does not fit this encoder: its blocks end" + " with "
                            + x.shape() + " instead of " + SIDE_AT_END + " x " + SIDE_AT_END + " pixels");
        }
        Value narrow = layers.convolution(x.leakyRelu(SLOPE), "narrow");
        Value code = layers.linear(narrow.reshape(batch, narrow.shape().elements() / batch), "head", 1);
        return code.reshape(batch, styles, code.shape().elements() / batch / styles);
    }

    private Value block(Value x, Layers block) {
        Value y = block.convolution(
                block.groupNormalised(x, "norm0", GROUP_CHANNELS)
                        .leakyRelu(SLOPE)
                        .spaceToDepth(2),
                "conv0");
        y = block.convolution(block.groupNormalised(y, "norm1", GROUP_CHANNELS).leakyRelu(SLOPE), "conv1");
        return y.add(block.convolution(x.blockMean(2), "shortcut"));
    }

    /**
     * Tensors for a new encoder, ready to be trained.
     *
     * @param pictures that it sees at once: 1, or 2 with a rendering
     * @param seeded gives independent standard normal numbers
     */
    public static SortedMap<String, Tensor> initial(
            int side, int pictures, int styles, int wDimension, int channels, RandomGenerator seeded) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        InitialTensors.putConvolution(tensors, seeded, "stem", channels, 12 * pictures, 3);
        int in = channels;
        int block = 0;
        for (int size = side / 2; size > SIDE_AT_END; size /= 2) {
            int out = Math.min(4 * channels, 2 * in);
            String name = "blocks." + block++ + ".";
            InitialTensors.putConvolution(tensors, seeded, name + "conv0", out, 4 * in, 1);
            InitialTensors.putConvolution(tensors, seeded, name + "conv1", out, out, 3);
            InitialTensors.putConvolution(tensors, seeded, name + "shortcut", out, in, 1);
            InitialTensors.putNormalisation(tensors, name + "norm0", in);
            InitialTensors.putNormalisation(tensors, name + "norm1", out);
            in = out;
        }
        InitialTensors.putConvolution(tensors, seeded, "narrow", NARROW_CHANNELS, in, 1);
        int features = NARROW_CHANNELS * SIDE_AT_END * SIDE_AT_END;
        tensors.put(
                "head.weight",
                InitialTensors.normal(seeded, Shape.of(styles * wDimension, features), 0.1 / Math.sqrt(features)));
        tensors.put("head.bias", Tensor.zeros(Shape.of(styles * wDimension)));
        return tensors;
    }
}
