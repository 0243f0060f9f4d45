package org.saminversion.inversion.network.segmentation;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.Lpips;
import org.saminversion.inversion.network.layer.Layers;

/**
 * A small invertibility network of our own: a U-Net whose way down is the bundle's perceptual network, as it is, and whose way up is
 * trained. What makes a pixel hard to invert is measured in those features, so that a few hundred photographs are enough.
 *
 * <p>Tensors, tap 0 being the finest: {@code lateral.{t}.weight|bias} [C,Ct,1,1] with {@code lateral.{t}.norm.weight|bias}, {@code
 * up.{t}.weight|bias} [C,2C,3,3] ([C,C,3,3] at the coarsest) with {@code up.{t}.norm.weight|bias}, and {@code
 * head.weight|bias} [K,C,1,1]; in a bundle also {@code mean} [1,K,H,W].
 */
public final class CompactInvertibility {
    /** The tensor [1,K,H,W] of mean errors in the network's file. */
    public static final String MEAN = "mean";

    /** The bias of the last layer [K]: adding log f multiplies the predictions by f. */
    public static final String LAST_BIAS = "head.bias";

    private static final int WIDTH = 32;
    private static final int GROUP_CHANNELS = 8;
    /** The prediction is the mean map times e to at most this. */
    private static final float EXPONENT_MAX = 4;

    private final Layers layers;
    private final Lpips trunk;

    /** @param trunk the perceptual network that the network was trained with */
    public CompactInvertibility(Layers layers, Lpips trunk) {
        this.layers = layers;
        this.trunk = trunk;
    }

    /**
     * The predicted LPIPS error of each pixel.
     *
     * @param image [N,3,H,W] in [-1,1]
     * @param meanMap [1,K,H,W], above 0: where the prediction starts from
     * @return [N,K,H,W], above 0
     */
    public Value errors(Value image, Value meanMap) {
        List<Value> taps = trunk.features(image);
        int coarsest = taps.size() - 1;
        Value x = up(lateral(taps.get(coarsest), coarsest), coarsest);
        for (int t = coarsest - 1; t >= 0; t--) {
            Shape size = taps.get(t).shape();
            x = up(Value.concatenate(1, x.bilinear(size.size(2), size.size(3), false), lateral(taps.get(t), t)), t);
        }
        Value exponents = layers.convolution(x, "head")
                .bilinear(image.shape().size(2), image.shape().size(3), false);
        return meanMap.multiply(exponents.clip(-EXPONENT_MAX, EXPONENT_MAX).exponential());
    }

    private Value lateral(Value tap, int t) {
        return normalised(tap, "lateral." + t);
    }

    private Value up(Value x, int t) {
        return normalised(x, "up." + t);
    }

    private Value normalised(Value x, String name) {
        return layers.groupNormalised(layers.convolution(x, name), name + ".norm", GROUP_CHANNELS)
                .relu();
    }

    /**
     * Tensors for a new network, which predicts the mean map.
     *
     * @param tapChannels of the perceptual network's taps, finest first
     * @param spaces K
     */
    public static SortedMap<String, Tensor> initial(List<Integer> tapChannels, int spaces, RandomGenerator seeded) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (int t = 0; t < tapChannels.size(); t++) {
            boolean coarsest = t == tapChannels.size() - 1;
            put(tensors, "lateral." + t, tapChannels.get(t), 1, seeded);
            put(tensors, "up." + t, coarsest ? WIDTH : 2 * WIDTH, 3, seeded);
        }
        tensors.put("head.weight", Tensor.zeros(Shape.of(spaces, WIDTH, 1, 1)));
        tensors.put(LAST_BIAS, Tensor.zeros(Shape.of(spaces)));
        return tensors;
    }

    /** A convolution with He's initialisation, and its normalisation. */
    private static void put(
            SortedMap<String, Tensor> tensors, String name, int channels, int side, RandomGenerator seeded) {
        Shape shape = Shape.of(WIDTH, channels, side, side);
        float[] weight = new float[shape.elements()];
        double scale = Math.sqrt(2.0 / (channels * side * side));
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (scale * seeded.nextGaussian());
        }
        tensors.put(name + ".weight", Tensor.of(shape, weight));
        tensors.put(name + ".bias", Tensor.zeros(Shape.of(WIDTH)));
        tensors.put(name + ".norm.weight", Tensor.filled(Shape.of(WIDTH), 1));
        tensors.put(name + ".norm.bias", Tensor.zeros(Shape.of(WIDTH)));
    }
}
