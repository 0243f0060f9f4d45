package org.saminversion.inversion.network.segmentation;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.ConvolutionOp.TransposedConvolution;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.space.LatentSpace;

/** Predicts for every pixel how badly each latent space reconstructs it: a common base and a head per space (spec networks.md 6). */
public final class InvertibilityNetwork {
    private static final String BASE = "base";
    private static final float SLOPE = 0.2f;

    private final DeepLab base;
    private final SortedMap<LatentSpace, Layers> heads = new TreeMap<>();

    /**
     * @param base tensors of {@code sd_base}
     * @param heads the tensors of each head, {@code m.0}, {@code m.1} and {@code m.3}
     */
    public InvertibilityNetwork(Graph graph, NamedTensors base, SortedMap<LatentSpace, NamedTensors> heads) {
        this(new DeepLab(graph, base));
        heads.forEach((space, tensors) -> this.heads.put(space, new Layers(graph, tensors)));
    }

    private InvertibilityNetwork(DeepLab base) {
        this.base = base;
    }

    /**
     * The network as a bundle stores it.
     *
     * @param all fixed layers, or such that are trained: those of the base under {@code base.}, those of each head under its space, such
     *     as {@code F4.}
     * @param spaces whose heads are wanted
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected of kind {@code bundle-invalid} if tensors are missing
     */
    public static InvertibilityNetwork stored(Layers all, Collection<LatentSpace> spaces) {
        InvertibilityNetwork network = new InvertibilityNetwork(new DeepLab(all.under(BASE)));
        spaces.forEach(space -> network.heads.put(space, all.under(space.toString())));
        return network;
    }

    /**
     * The predicted LPIPS error of each pixel.
     *
     * @param image [N,3,H,W] in [-1,1]
     * @return per space [N,1,H,W], at least 0
     */
    public SortedMap<LatentSpace, Value> errors(Value image) {
        Value features = base.features(image);
        SortedMap<LatentSpace, Value> errors = new TreeMap<>();
        heads.forEach((space, layers) -> errors.put(space, head(features, layers)));
        return Collections.unmodifiableSortedMap(errors);
    }

    private static Value head(Value features, Layers head) {
        Value hidden =
                head.normalised(transposed(features, head, "m.0", 1), "m.1").leakyRelu(SLOPE);
        return transposed(hidden, head, "m.3", 0).relu();
    }

    private static Value transposed(Value x, Layers head, String name, int padding) {
        Value weight = head.constant(name + ".weight");
        return x.convolveTransposed(weight, new TransposedConvolution(1, padding, 0, 1, 1))
                .add(head.bias(name + ".bias", weight.shape().size(1)));
    }
}
