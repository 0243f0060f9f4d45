package org.saminversion.inversion.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/**
 * The StyleGAN2 generator as a graph (spec networks.md 1.2), for any resolution and channel counts.
 *
 * <p>Modulation scales activations, not weights: the input by the style, the output by the demodulation. The convolution's
 * weight then stays a constant, which ONNX Runtime packs.
 */
public final class StyleGan2 implements ImageGenerator {
    private static final float SLOPE = 0.2f;
    private static final double GAIN = Math.sqrt(2);
    private static final float EPSILON = 1e-8f;
    private static final double MAPPING_RATE = 0.01;

    private final Graph graph;
    private final StyleGan2Weights weights;
    private final NoiseMode noiseMode;
    private final GeneratorParameters fixed;
    private final GeneratorParameters parameters;

    public StyleGan2(Graph graph, StyleGan2Weights weights, NoiseMode noiseMode) {
        this(graph, weights, noiseMode, new FixedParameters(graph, weights));
    }

    /** @param parameters of the synthesis network; those of the mapping network are fixed */
    public StyleGan2(Graph graph, StyleGan2Weights weights, NoiseMode noiseMode, GeneratorParameters parameters) {
        this.graph = graph;
        this.weights = weights;
        this.noiseMode = noiseMode;
        this.fixed = parameters instanceof FixedParameters ? parameters : new FixedParameters(graph, weights);
        this.parameters = parameters;
    }

    /**
     * The mapping network.
     *
     * @param z [N,z_dim]
     * @return w [N,w_dim], without truncation
     */
    public Value mapping(Value z) {
        return fullyConnected(normalised(z));
    }

    /**
     * The mapping network of a conditional generator.
     *
     * @param z [N,z_dim]
     * @param labels [N,c_dim], one-hot or soft
     */
    public Value mapping(Value z, Value labels) {
        Tensor embed = weights.tensor("mapping.embed.weight");
        Value embedded = labels.matrixProduct(fixed.transposed(
                        "mapping.embed.weight", 1 / Math.sqrt(embed.shape().size(1))))
                .add(fixed.tensor("mapping.embed.bias"));
        return fullyConnected(Value.concatenate(1, normalised(z), normalised(embedded)));
    }

    /** The mapping network, of a conditional generator with every class alike. */
    public Value mappingOfAnyClass(Value z) {
        int classes = weights.classDimension();
        return classes == 0
                ? mapping(z)
                : mapping(
                        z,
                        graph.constant(
                                "any class", Tensor.filled(Shape.of(z.shape().size(0), classes), 1f / classes)));
    }

    private Value normalised(Value x) {
        return x.divide(x.square().mean(1).add(EPSILON).squareRoot());
    }

    private Value fullyConnected(Value in) {
        Value x = in;
        for (int i = 0; i < weights.mappingLayers(); i++) {
            String layer = "mapping.fc" + i;
            int width = x.shape().size(1);
            x = x.matrixProduct(fixed.transposed(layer + ".weight", MAPPING_RATE / Math.sqrt(width)))
                    .add(fixed.tensor(layer + ".bias").multiply(MAPPING_RATE))
                    .leakyRelu(SLOPE)
                    .multiply(GAIN);
        }
        return x;
    }

    /**
     * The truncation trick: w_avg + psi (w - w_avg).
     *
     * @param w [N,w_dim] or [N,L,w_dim]
     */
    public Value truncated(Value w, double psi) {
        Value mean = fixed.tensor("mapping.w_avg");
        return mean.add(w.subtract(mean).multiply(psi));
    }

    /** The synthesis network. */
    @Override
    public Value synthesis(Value wplus, BlockHook hook) {
        int batch = wplus.shape().size(0);
        int style = 0;
        ScaledFeatures features = ScaledFeatures.of(parameters
                .tensor("synthesis.b4.const")
                .reshape(1, weights.tensor("synthesis.b4.const").shape().size(0), 4, 4));
        Value image = null;
        for (int r = 4; r <= weights.resolution(); r *= 2) {
            String block = "synthesis.b" + r + ".";
            if (r > 4) {
                features = layer(block + "conv0", features, scales(block + "conv0", wplus, style++, hook), r, true);
            }
            features = layer(block + "conv1", features, scales(block + "conv1", wplus, style++, hook), r, false);
            Value before = image == null ? null : FirUpsample.twice(image);
            boolean last = r == weights.resolution();
            if (last) {
                BlockHook.BlockOutput output = hook.after(r, new BlockHook.BlockOutput(features.values(), before));
                features = changed(features, output);
                before = output.image();
            }
            Value rgb = toRgb(block + "torgb", features, style(wplus, style), batch, r);
            image = before == null ? rgb : before.add(rgb);
            if (!last) {
                BlockHook.BlockOutput output = hook.after(r, new BlockHook.BlockOutput(features.values(), image));
                features = changed(features, output);
                image = output.image();
            }
        }
        return image;
    }

    private static ScaledFeatures changed(ScaledFeatures features, BlockHook.BlockOutput output) {
        return output.features().equals(features.values()) ? features : ScaledFeatures.of(output.features());
    }

    private Value style(Value wplus, int index) {
        return wplus.slice(1, index, index + 1)
                .reshape(wplus.shape().size(0), wplus.shape().size(2));
    }

    private Value scales(String layer, Value wplus, int index, BlockHook hook) {
        return hook.scaledBy(index, affine(layer, style(wplus, index), 1));
    }

    /**
     * The style space: by what each convolution scales the channels of its input.
     *
     * @param wplus [N,L,w_dim]
     * @return [N,C] for each convolution
     */
    public List<Value> styles(Value wplus) {
        return IntStream.range(0, weights.styleChannels().rows())
                .mapToObj(style -> affine(StyleChannels.layer(style), style(wplus, style), 1))
                .toList();
    }

    /** The affine map of a style: [N,w_dim] to [N,C]. */
    private Value affine(String layer, Value w, double gain) {
        int in = weights.wDimension();
        return w.matrixProduct(parameters.transposed(layer + ".affine.weight", gain / Math.sqrt(in)))
                .add(parameters.tensor(layer + ".affine.bias").multiply(gain));
    }

    /** @param style [N,C], what scales the channels of x */
    private ScaledFeatures layer(String name, ScaledFeatures x, Value style, int resolution, boolean up) {
        int out = weights.tensor(name + ".weight").shape().size(0);
        int batch = style.shape().size(0);
        Value scaled =
                x.factor().multiply(x.scales(style).reshape(batch, style.shape().size(1), 1, 1));
        Value convolved = up
                ? UpConvolution.of(scaled, parameters, name + ".weight")
                : scaled.convolve(parameters.tensor(name + ".weight"));
        // The gain of the activation is folded into the demodulation, the noise and the bias.
        Value demodulation = style.square()
                .matrixProduct(parameters.power(name + ".weight"))
                .add(EPSILON)
                .squareRoot()
                .reciprocal()
                .multiply(GAIN)
                .reshape(batch, out, 1, 1);
        Value bias = parameters.tensor(name + ".bias").reshape(1, out, 1, 1).multiply(GAIN);
        ScaledFeatures activated =
                DemodulatedActivation.of(convolved, demodulation, bias, scaledNoise(name, resolution), SLOPE);
        return weights.convClamp().isEmpty() ? activated : ScaledFeatures.of(clamped(activated.values()));
    }

    /** The noise of a layer [1,1,r,r], times its strength and the gain. */
    private Optional<Value> scaledNoise(String layer, int resolution) {
        return noiseMode == NoiseMode.NONE
                ? Optional.empty()
                : parameters
                        .noiseStrength(layer)
                        .map(strength -> noise(layer, resolution).multiply(strength.multiply(GAIN)));
    }

    private Value noise(String layer, int resolution) {
        if (noiseMode == NoiseMode.RANDOM) {
            Value existing = graph.inputs().get(noiseInput(layer));
            return existing == null ? graph.input(noiseInput(layer), 1, 1, resolution, resolution) : existing;
        }
        return fixed.tensor(layer + ".noise_const").reshape(1, 1, resolution, resolution);
    }

    private static String noiseInput(String layer) {
        return "noise." + layer;
    }

    /** Names and shapes of the noise inputs that {@link NoiseMode#RANDOM} makes. */
    public static Map<String, Shape> noiseInputs(StyleGan2Weights weights) {
        Map<String, Shape> inputs = new LinkedHashMap<>();
        for (int r = 4; r <= weights.resolution(); r *= 2) {
            for (String layer : new String[] {"synthesis.b" + r + ".conv0", "synthesis.b" + r + ".conv1"}) {
                if (weights.has(layer + ".noise_strength")
                        && weights.tensor(layer + ".noise_strength").toFloats()[0] != 0) {
                    inputs.put(noiseInput(layer), Shape.of(1, 1, r, r));
                }
            }
        }
        return inputs;
    }

    /** A 1x1 convolution without demodulation: the style goes into the small weight instead of the large activations. */
    private Value toRgb(String name, ScaledFeatures x, Value w, int batch, int resolution) {
        Tensor weight = weights.tensor(name + ".weight");
        int in = weight.shape().size(1);
        Value style = x.scales(affine(name, w, 1 / Math.sqrt(in)));
        Value modulated = parameters.tensor(name + ".weight").reshape(1, 3, in).multiply(style.reshape(batch, 1, in));
        Value flat = x.factor().reshape(x.factor().shape().size(0), in, resolution * resolution);
        Value rgb = modulated
                .matrixProduct(flat)
                .add(parameters.tensor(name + ".bias").reshape(1, 3, 1))
                .reshape(batch, 3, resolution, resolution);
        return clamped(rgb);
    }

    private Value clamped(Value x) {
        if (weights.convClamp().isEmpty()) {
            return x;
        }
        float bound = (float) weights.convClamp().getAsDouble();
        return x.clip(-bound, bound);
    }
}
