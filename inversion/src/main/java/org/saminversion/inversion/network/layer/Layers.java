package org.saminversion.inversion.network.layer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.saminversion.graph.ConvolutionOp.Convolution;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/**
 * Applies layers to [N,C,H,W] values, with weights found by name.
 *
 * <p>Every convolution here is centred: its padding is dilation times half of the odd kernel. Batch normalisation has fixed
 * statistics and is folded into the convolution before it where there is one. All methods throw
 * {@link org.saminversion.inversion.failure.JobFailure.Rejected} of kind {@code bundle-invalid} if a tensor is missing or
 * does not fit.
 */
public final class Layers {
    /** PyTorch's "momentum" of batch normalisation. */
    private static final double STATISTICS_RATE = 0.1;

    private final Graph graph;
    private final NamedTensors tensors;
    /** Constants of a graph are the same only if their tensors are: a network that is applied twice has its weights once. */
    private final Map<String, Tensor> folded;

    private final Optional<TrainedParameters> trained;

    public Layers(Graph graph, NamedTensors tensors) {
        this(graph, tensors, new HashMap<>(), Optional.empty());
    }

    private Layers(Graph graph, NamedTensors tensors, Map<String, Tensor> folded, Optional<TrainedParameters> trained) {
        this.graph = graph;
        this.tensors = tensors;
        this.folded = folded;
        this.trained = trained;
    }

    /** The same layers with tensors that a training moves; batch normalisations then use the statistics of the batch. */
    public static Layers trained(Graph graph, NamedTensors tensors, TrainedParameters parameters) {
        return new Layers(graph, tensors, new HashMap<>(), Optional.of(parameters));
    }

    /** The layers whose names begin with {@code part} and a dot. */
    public Layers under(String part) {
        return new Layers(graph, tensors.under(part), folded, trained);
    }

    public NamedTensors tensors() {
        return tensors;
    }

    /** A tensor as it is. */
    public Value constant(String name) {
        return parameter(name, tensors.tensor(name));
    }

    private Value parameter(String name, Tensor tensor) {
        String full = tensors.prefix() + name;
        return trained.map(parameters -> parameters.value(full, tensor)).orElseGet(() -> graph.constant(full, tensor));
    }

    /** {@code name.weight}, and {@code name.bias} if it exists; stride 1. */
    public Value convolution(Value x, String name) {
        return convolution(x, name, 1);
    }

    public Value convolution(Value x, String name, int stride) {
        Value weight = parameter(name + ".weight", fitting(name + ".weight", x));
        Value y = x.convolve(weight, centred(weight, stride, 1));
        return tensors.has(name + ".bias")
                ? y.add(bias(name + ".bias", weight.shape().size(0)))
                : y;
    }

    /** A convolution without bias and the normalisation after it, stride 1. */
    public Value normalisedConvolution(Value x, String convolution, String normalisation) {
        return normalisedConvolution(x, convolution, normalisation, 1, 1);
    }

    public Value normalisedConvolution(Value x, String convolution, String normalisation, int stride, int dilation) {
        String name = tensors.prefix() + convolution;
        Tensor weight = fitting(convolution + ".weight", x);
        if (trained.isPresent()) {
            Value moved = parameter(convolution + ".weight", weight);
            return batchNormalised(x.convolve(moved, centred(moved, stride, dilation)), normalisation, trained.get());
        }
        NormalisationFolding folding = NormalisationFolding.of(
                tensors.under(normalisation), weight.shape().size(0));
        Value scaled = graph.constant(name, once(name + " scaled", () -> folding.scaled(weight)));
        Value shift = graph.constant(name + ".shift", once(name + " shift", folding::shiftTensor));
        return x.convolve(scaled, centred(scaled, stride, dilation)).add(shift);
    }

    /** A normalisation that no convolution comes before. */
    public Value normalised(Value x, String name) {
        if (trained.isPresent()) {
            return batchNormalised(x, name, trained.get());
        }
        String full = tensors.prefix() + name;
        NormalisationFolding folding =
                NormalisationFolding.of(tensors.under(name), x.shape().size(1));
        return x.multiply(graph.constant(full + ".scale", once(full + " scale", folding::scaleTensor)))
                .add(graph.constant(full + ".shift", once(full + " shift", folding::shiftTensor)));
    }

    /** By the mean and variance of the batch; the running statistics follow them as in PyTorch. */
    private Value batchNormalised(Value x, String name, TrainedParameters parameters) {
        int channels = x.shape().size(1);
        int count = x.shape().elements() / channels;
        Value mean = x.mean(0, 2, 3);
        Value centred = x.subtract(mean);
        Value variance = centred.square().mean(0, 2, 3);
        track(parameters, name + ".running_mean", mean.reshape(channels));
        track(
                parameters,
                name + ".running_var",
                variance.reshape(channels).multiply(count / Math.max(1.0, count - 1.0)));
        return centred.divide(variance.add(NormalisationFolding.EPSILON).squareRoot())
                .multiply(bias(name + ".weight", channels))
                .add(bias(name + ".bias", channels));
    }

    private void track(TrainedParameters parameters, String name, Value ofBatch) {
        String full = tensors.prefix() + name;
        Value before =
                parameters.statistic(full, tensors.tensor(name, ofBatch.shape().elements()));
        parameters.track(
                full, before.multiply(1 - STATISTICS_RATE).add(ofBatch.detach().multiply(STATISTICS_RATE)));
    }

    /**
     * Group normalisation: each group of neighbouring channels of an image gets mean 0 and variance 1, then each channel its scale and
     * shift. No statistics of other images: one image trains and runs alike.
     *
     * @param groupChannels channels of a group; divides the channels of x
     */
    public Value groupNormalised(Value x, String name, int groupChannels) {
        int batch = x.shape().size(0);
        int channels = x.shape().size(1);
        Value grouped =
                x.reshape(batch, channels / groupChannels, x.shape().elements() / batch / channels * groupChannels);
        Value centred = grouped.subtract(grouped.mean(2));
        Value deviation =
                centred.square().mean(2).add(NormalisationFolding.EPSILON).squareRoot();
        Value unit = centred.divide(deviation)
                .reshape(batch, channels, x.shape().size(2), x.shape().size(3));
        return unit.multiply(bias(name + ".weight", channels)).add(bias(name + ".bias", channels));
    }

    /** Relu with one learned slope per channel below zero. */
    public Value parametricRelu(Value x, String name) {
        int channels = x.shape().size(1);
        Value slope = bias(name + ".weight", channels);
        Value positive = x.relu();
        return positive.add(x.subtract(positive).multiply(slope));
    }

    /** {@code gain * x W^T + bias} of [N,I]. */
    public Value linear(Value x, String name, double gain) {
        Value weight = constant(name + ".weight").transpose(1, 0).multiply(gain);
        return x.matrixProduct(weight).add(constant(name + ".bias"));
    }

    /** A bias [C] as [1,C,1,1]. */
    public Value bias(String name, int channels) {
        if (trained.isPresent()) {
            return parameter(name, tensors.tensor(name, channels)).reshape(1, channels, 1, 1);
        }
        String full = tensors.prefix() + name;
        return graph.constant(
                full, once(full, () -> tensors.tensor(name, channels).reshape(1, channels, 1, 1)));
    }

    private Tensor once(String name, Supplier<Tensor> make) {
        return folded.computeIfAbsent(name, key -> make.get());
    }

    private Tensor fitting(String name, Value x) {
        Tensor weight = tensors.tensor(name);
        if (weight.shape().rank() != 4 || weight.shape().size(1) != x.shape().size(1)) {
            throw tensors.invalid("the tensor " + tensors.prefix() + name + " has the shape " + weight.shape()
                    + ", which does not fit an input " + x.shape());
        }
        return weight;
    }

    private static Convolution centred(Value weight, int stride, int dilation) {
        return new Convolution(stride, dilation * (weight.shape().size(2) / 2), dilation, 1);
    }
}
