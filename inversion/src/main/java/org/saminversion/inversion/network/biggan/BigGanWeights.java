package org.saminversion.inversion.network.biggan;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.network.GeneratorWeights;
import org.saminversion.inversion.network.ImageGenerator;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.StyleChannels;
import org.saminversion.inversion.network.layer.NamedTensors;

/**
 * BigGAN-deep as a generator of codes: Z+ has a latent vector and a class embedding for the start and for each block. F2, F4 and so
 * on are the features after the blocks that double the resolution to 8, 16 and so on pixels.
 *
 * <p>Embeddings are held in units of a fifth. With that, a step of the optimiser moves them a fifth as far as latent vectors, the
 * ratio of the learning rates that pix2latent found to work (spec networks.md 8).
 */
public record BigGanWeights(
        NamedTensors tensors,
        double truncation,
        int styles,
        int zDimension,
        int classes,
        SortedMap<Integer, Integer> channels)
        implements GeneratorWeights {
    /** What an embedding is divided by to become part of a code. */
    public static final float EMBEDDING_UNIT = 0.2f;

    /**
     * Derives the sizes and checks that every tensor is there.
     *
     * @param tensors {@code embeddings.weight} and {@code generator.*}
     * @param truncation above 0, at most 1: bounds latent vectors by twice itself, and chooses statistics of normalisation
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected of kind {@code bundle-invalid} if one is missing, or if they do
     *     not fit each other
     */
    public static BigGanWeights of(Map<String, Tensor> tensors, double truncation) {
        NamedTensors named = new NamedTensors("BigGAN-deep", tensors);
        Graph graph = new Graph();
        BigGanDeep network = new BigGanDeep(graph, named, truncation);
        int width = network.zDimension() + network.embeddingDimension();
        SortedMap<Integer, Integer> channels = new TreeMap<>();
        try {
            new ConditionedBigGan(network, truncation)
                    .synthesis(graph.input("codes", 1, network.conditions(), width), (resolution, output) -> {
                        channels.put(resolution, output.features().shape().size(1));
                        return output;
                    });
        } catch (IllegalArgumentException unfit) {
            throw named.invalid("its tensors do not fit each other: " + unfit.getMessage());
        }
        return new BigGanWeights(
                named, truncation, network.conditions(), network.zDimension(), network.classes(), channels);
    }

    @Override
    public int wDimension() {
        return zDimension + tensors.tensor("embeddings.weight").shape().size(0);
    }

    @Override
    public int resolution() {
        return channels.lastKey();
    }

    @Override
    public int channels(int resolution) {
        return channels.get(resolution);
    }

    @Override
    public StyleChannels styleChannels() {
        return StyleChannels.NONE;
    }

    @Override
    public Map<String, Shape> noiseInputs() {
        return Map.of();
    }

    @Override
    public ImageGenerator in(Graph graph, NoiseMode noiseMode) {
        return new ConditionedBigGan(new BigGanDeep(graph, tensors, truncation), truncation);
    }

    /** The part of a code that stands for a class: its embedding, [embedding], in the unit of codes. */
    public float[] embedding(int label) {
        Tensor weight = tensors.tensor("embeddings.weight");
        float[] values = weight.toFloats();
        float[] embedding = new float[weight.shape().size(0)];
        for (int i = 0; i < embedding.length; i++) {
            embedding[i] = values[i * classes + label] / EMBEDDING_UNIT;
        }
        return embedding;
    }
}
