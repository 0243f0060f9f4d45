package org.saminversion.inversion.network.biggan;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.layer.NamedTensors;

/**
 * BigGAN-deep as a graph (spec networks.md 8), for any width and resolution: what it is made of follows from its tensors.
 *
 * <p>Each block, and the layer before all blocks, takes a condition of its own, a latent vector and a class embedding. Usually
 * they are all the same; the space Z+ has them apart.
 */
public final class BigGanDeep {
    private static final double EPSILON = 1e-4;
    private static final int START_SIDE = 4;
    private static final int RGB = 3;

    private final Graph graph;
    private final NamedTensors whole;
    private final NamedTensors generator;
    private final TruncationStatistics truncation;
    private final Map<String, Tensor> folded = new HashMap<>();

    /** @param truncation above 0, at most 1: chooses the statistics; z must be drawn with the same */
    public BigGanDeep(Graph graph, NamedTensors tensors, double truncation) {
        this.graph = graph;
        this.whole = tensors;
        this.generator = tensors.under("generator");
        this.truncation = new TruncationStatistics(truncation);
    }

    /** The number of classes. */
    public int classes() {
        return whole.tensor("embeddings.weight").shape().size(1);
    }

    /** Length of a class embedding. */
    public int embeddingDimension() {
        return whole.tensor("embeddings.weight").shape().size(0);
    }

    /** Length of z. */
    public int zDimension() {
        return generator.tensor("gen_z.weight_orig").shape().size(1) - embeddingDimension();
    }

    /** How many conditions {@link #image(List, LayerHook)} takes: one for the start and one for each block. */
    public int conditions() {
        int conditions = 1;
        for (int layer = 0; layer < layers(); layer++) {
            conditions += isAttention(layer) ? 0 : 1;
        }
        return conditions;
    }

    /** Side length of the image in pixels: every second block doubles it. */
    public int resolution() {
        return START_SIDE << (conditions() - 1) / 2;
    }

    /**
     * The embedding of a class.
     *
     * @param classes [N,classes], one-hot or soft
     * @return [N,embedding]
     */
    public Value embedding(Value classes) {
        return classes.matrixProduct(
                graph.constant("embeddings", whole.tensor("embeddings.weight")).transpose(1, 0));
    }

    /** One condition: z [N,z] and an embedding [N,embedding] side by side. */
    public Value condition(Value z, Value embedding) {
        return Value.concatenate(1, z, embedding);
    }

    /** The image with the same condition everywhere: [N,3,R,R] in [-1,1]. */
    public Value image(Value z, Value embedding) {
        return image(Collections.nCopies(conditions(), condition(z, embedding)), LayerHook.NONE);
    }

    /**
     * The image with a condition for each layer.
     *
     * @param conditions {@link #conditions()} values [N,z+embedding]: for the start, then for the blocks in their order
     * @throws IllegalArgumentException if their number is another
     */
    public Value image(List<Value> conditions, LayerHook hook) {
        if (conditions.size() != conditions()) {
            throw new IllegalArgumentException(
                    "this generator takes " + conditions() + " conditions, not " + conditions.size());
        }
        Value x = start(conditions.get(0));
        int block = 0;
        for (int layer = 0; layer < layers(); layer++) {
            NamedTensors part = generator.under("layers." + layer);
            if (isAttention(layer)) {
                x = attended(x, part);
            } else {
                x = block(x, part, conditions.get(1 + block), block % 2 == 1);
                block++;
            }
            x = hook.after(layer, x);
        }
        return finished(x);
    }

    private int layers() {
        int layers = 0;
        while (isAttention(layers) || generator.has("layers." + layers + ".conv_0.weight_orig")) {
            layers++;
        }
        return layers;
    }

    private boolean isAttention(int layer) {
        return generator.has("layers." + layer + ".gamma");
    }

    private Value start(Value condition) {
        Value flat = linear(condition, generator, "gen_z").add(constant(generator, "gen_z.bias"));
        int channels = flat.shape().size(1) / (START_SIDE * START_SIDE);
        return flat.reshape(flat.shape().size(0), START_SIDE, START_SIDE, channels)
                .transpose(0, 3, 1, 2);
    }

    private Value block(Value in, NamedTensors part, Value condition, boolean doubles) {
        Value x = convolved(normalised(in, part, "bn_0", condition).relu(), part, "conv_0");
        x = doubled(normalised(x, part, "bn_1", condition).relu(), doubles);
        x = convolved(x, part, "conv_1");
        x = convolved(normalised(x, part, "bn_2", condition).relu(), part, "conv_2");
        x = convolved(normalised(x, part, "bn_3", condition).relu(), part, "conv_3");
        // Where a block narrows, the shortcut keeps the first channels.
        Value shortcut = in.slice(1, 0, x.shape().size(1));
        return x.add(doubled(shortcut, doubles));
    }

    private static Value doubled(Value x, boolean doubles) {
        return doubles ? x.nearestUpsample(2) : x;
    }

    /** Normalisation with the statistics of the truncation; scale and offset follow from the condition. */
    private Value normalised(Value x, NamedTensors part, String name, Value condition) {
        NamedTensors normalisation = part.under(name);
        int batch = condition.shape().size(0);
        int channels = x.shape().size(1);
        Value scale = linear(condition, normalisation, "scale").reshape(batch, channels, 1, 1);
        Value offset = linear(condition, normalisation, "offset").reshape(batch, channels, 1, 1);
        Value gain = scale.add(1f).divide(deviation(normalisation, channels));
        return x.multiply(gain)
                .add(offset.subtract(mean(normalisation, channels).multiply(gain)));
    }

    private Value finished(Value in) {
        NamedTensors normalisation = generator.under("bn");
        int channels = in.shape().size(1);
        Value x = in.subtract(mean(normalisation, channels))
                .divide(deviation(normalisation, channels))
                .multiply(constant(normalisation, "weight").reshape(1, channels, 1, 1))
                .add(constant(normalisation, "bias").reshape(1, channels, 1, 1))
                .relu();
        Value weight = spectral(generator, "conv_to_rgb").slice(0, 0, RGB);
        Value bias = constant(generator, "conv_to_rgb.bias").slice(0, 0, RGB).reshape(1, RGB, 1, 1);
        return x.convolve(weight, 1, 1).add(bias).tanh();
    }

    private Value attended(Value x, NamedTensors part) {
        int batch = x.shape().size(0);
        int height = x.shape().size(2);
        int width = x.shape().size(3);
        Value theta = flattened(pointwise(x, part, "snconv1x1_theta"));
        Value phi = flattened(pointwise(x, part, "snconv1x1_phi").maxPool(2));
        Value g = flattened(pointwise(x, part, "snconv1x1_g").maxPool(2));
        Value attention = theta.transpose(0, 2, 1).matrixProduct(phi).softmax(-1);
        Value gathered = g.matrixProduct(attention.transpose(0, 2, 1));
        Value out = pointwise(gathered.reshape(batch, g.shape().size(1), height, width), part, "snconv1x1_o_conv");
        return x.add(out.multiply(constant(part, "gamma").reshape(1, 1, 1, 1)));
    }

    private static Value flattened(Value x) {
        return x.reshape(
                x.shape().size(0),
                x.shape().size(1),
                x.shape().size(2) * x.shape().size(3));
    }

    private Value pointwise(Value x, NamedTensors part, String name) {
        return x.convolve(spectral(part, name));
    }

    private Value convolved(Value x, NamedTensors part, String name) {
        Value weight = spectral(part, name);
        Value bias = constant(part, name + ".bias");
        return x.convolve(weight).add(bias.reshape(1, weight.shape().size(0), 1, 1));
    }

    private Value linear(Value condition, NamedTensors part, String name) {
        return condition.matrixProduct(spectral(part, name).transpose(1, 0));
    }

    private Value spectral(NamedTensors part, String name) {
        return once(part, name, () -> SpectralNorm.folded(part, name));
    }

    private Value mean(NamedTensors normalisation, int channels) {
        return once(
                normalisation,
                "mean",
                () -> TruncationStatistics.perChannel(truncation.of(rows(normalisation, "running_means", channels))));
    }

    private Value deviation(NamedTensors normalisation, int channels) {
        return once(normalisation, "deviation", () -> {
            double[] variance = truncation.of(rows(normalisation, "running_vars", channels));
            for (int c = 0; c < variance.length; c++) {
                variance[c] = Math.sqrt(variance[c] + EPSILON);
            }
            return TruncationStatistics.perChannel(variance);
        });
    }

    private static Tensor rows(NamedTensors normalisation, String name, int channels) {
        Shape shape = normalisation.tensor(name).shape();
        if (shape.rank() != 2 || shape.size(0) < 2) {
            throw normalisation.invalid(
                    normalisation.prefix() + name + " has the shape " + shape + ", not a row for each truncation");
        }
        return normalisation.tensor(name, shape.size(0), channels);
    }

    private Value constant(NamedTensors part, String name) {
        return graph.constant(part.prefix() + name, part.tensor(name));
    }

    private Value once(NamedTensors part, String name, Supplier<Tensor> make) {
        String full = part.prefix() + name;
        return graph.constant(full, folded.computeIfAbsent(full, key -> make.get()));
    }
}
