package org.saminversion.inversion.method;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.ImageGenerator;
import org.saminversion.inversion.network.encoder.DeltaEncoder;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.space.LatentSpace;

/**
 * The encoders of the feature spaces, coarse to fine: each sees the photograph and the rendering with the deltas so far. The file
 * holds the tensors of {@link DeltaEncoder} under {@code F2.}, {@code F4.} and so on.
 *
 * @param layers of the whole file
 */
public record DeltaEncoding(InversionGraph.Networks networks, ImageGenerator generator, Layers layers) {
    private static final int WIDTH_MIN = 64;
    private static final int WIDTH_MAX = 128;
    private static final int RESIDUAL_BLOCKS = 2;

    /**
     * @param photograph [N,3,H,H] in [-1,1]
     * @param wplus [N,L,w_dim]
     * @param masks [N,1,r,r] per feature space
     * @return the deltas [N,C,r,r]; gradients reach each by the last rendering only
     */
    public Map<LatentSpace, Value> deltas(Value photograph, Value wplus, SortedMap<LatentSpace, Value> masks) {
        Map<LatentSpace, Value> deltas = new LinkedHashMap<>();
        for (LatentSpace space : masks.keySet()) {
            ImageFormation soFar = new ImageFormation(Map.copyOf(deltas), masks);
            Value[] features = new Value[1];
            BlockHook watching = (resolution, output) -> {
                if (resolution == space.resolution()) {
                    features[0] = output.features();
                }
                return soFar.after(resolution, output);
            };
            Value rendering = rendering(wplus, watching);
            deltas.put(
                    space,
                    new DeltaEncoder(layers.under(space.toString()))
                            .delta(photograph, rendering.detach(), masks.get(space), features[0].detach()));
        }
        return deltas;
    }

    /** The image as losses see it, [N,3,H,W]. */
    public Value rendering(Value wplus, BlockHook hook) {
        return ImageFormation.asCompared(generator.synthesis(wplus, hook), networks.layout(), networks.clampGradient());
    }

    /** Tensors of untrained encoders: all deltas are zero. */
    public static SortedMap<String, Tensor> initial(
            InversionGraph.Networks networks, SortedSet<LatentSpace> spaces, long seed) {
        SortedMap<String, Tensor> all = new TreeMap<>();
        for (LatentSpace space : spaces) {
            int channels = networks.generator().channels(space.resolution());
            int block = networks.layout().targetHeight() / space.resolution();
            int width = Math.max(WIDTH_MIN, Math.min(WIDTH_MAX, channels / 8 * 8));
            DeltaEncoder.initial(block, channels, width, RESIDUAL_BLOCKS, new SplittableRandom(seed + space.layer()))
                    .forEach((name, tensor) -> all.put(space + "." + name, tensor));
        }
        return all;
    }
}
