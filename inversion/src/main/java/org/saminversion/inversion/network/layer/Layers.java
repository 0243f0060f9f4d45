package org.saminversion.inversion.network.layer;

import java.util.HashMap;
import java.util.Map;
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
    private final Graph graph;
    private final NamedTensors tensors;
    /** Constants of a graph are the same only if their tensors are: a network that is applied twice has its weights once. */
    private final Map<String, Tensor> folded;

    public Layers(Graph graph, NamedTensors tensors) {
        this(graph, tensors, new HashMap<>());
    }

    private Layers(Graph graph, NamedTensors tensors, Map<String, Tensor> folded) {
        this.graph = graph;
        this.tensors = tensors;
        this.folded = folded;
    }

    /** The layers whose names begin with {@code part} and a dot. */
    public Layers under(String part) {
        return new Layers(graph, tensors.under(part), folded);
    }

    public NamedTensors tensors() {
        return tensors;
    }

    /** A tensor as it is. */
    public Value constant(String name) {
        return graph.constant(tensors.prefix() + name, tensors.tensor(name));
    }

    /** {@code name.weight}, and {@code name.bias} if it exists; stride 1. */
    public Value convolution(Value x, String name) {
        return convolution(x, name, 1);
    }

    public Value convolution(Value x, String name, int stride) {
        Value weight = graph.constant(tensors.prefix() + name, fitting(name + ".weight", x));
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
        NormalisationFolding folding = NormalisationFolding.of(
                tensors.under(normalisation), weight.shape().size(0));
        Value scaled = graph.constant(name, once(name + " scaled", () -> folding.scaled(weight)));
        Value shift = graph.constant(name + ".shift", once(name + " shift", folding::shiftTensor));
        return x.convolve(scaled, centred(scaled, stride, dilation)).add(shift);
    }

    /** A normalisation that no convolution comes before. */
    public Value normalised(Value x, String name) {
        String full = tensors.prefix() + name;
        NormalisationFolding folding =
                NormalisationFolding.of(tensors.under(name), x.shape().size(1));
        return x.multiply(graph.constant(full + ".scale", once(full + " scale", folding::scaleTensor)))
                .add(graph.constant(full + ".shift", once(full + " shift", folding::shiftTensor)));
    }

    /** Relu with one learned slope per channel below zero. */
    public Value parametricRelu(Value x, String name) {
        int channels = x.shape().size(1);
        Value slope = graph.constant(
                tensors.prefix() + name,
                once(
                        tensors.prefix() + name + " slope",
                        () -> tensors.tensor(name + ".weight", channels).reshape(1, channels, 1, 1)));
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
