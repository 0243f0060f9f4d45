package org.saminversion.inversion.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.engine.StyleSampler;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.StyleChannels;
import org.saminversion.inversion.network.StyleGan2;
import org.saminversion.inversion.network.StyleGan2Weights;

/**
 * The style space of random images, truncated as in StyleCLIP.
 *
 * @param codes [L*w_dim] of the first images
 * @param channels of the same, in the places that {@link StyleChannels} gives them
 * @param statistics over all images, in the same places
 */
record RandomStyles(List<float[]> codes, List<float[]> channels, ChannelStatistics statistics) {
    private static final double TRUNCATION = 0.7;
    /** Styles from this one on are not truncated. */
    private static final int TRUNCATED_STYLES = 8;

    private static final int AT_ONCE = 100;
    private static final String WPLUS = "wplus";
    private static final String STYLES = "styles";

    /**
     * @param meanOfW where truncation draws to
     * @param samples images, rounded up to hundreds
     * @param kept how many of them are kept
     */
    static RandomStyles draw(
            StyleGan2Weights generator, Tensor meanOfW, int samples, int kept, long seed, RuntimeOptions runtime) {
        StyleChannels layout = generator.styleChannels();
        Shape shape = Shape.of(AT_ONCE, generator.styles(), generator.wDimension());
        Graph graph = new Graph();
        List<Value> rows = new StyleGan2(graph, generator, NoiseMode.NONE).styles(graph.input(WPLUS, shape.toArray()));
        Value all = Value.concatenate(1, rows.toArray(Value[]::new));
        RandomStyles drawn = new RandomStyles(
                new ArrayList<>(),
                new ArrayList<>(),
                new ChannelStatistics(layout.shape(1).elements()));
        SplittableRandom random = new SplittableRandom(seed);
        try (StyleSampler sampler = StyleSampler.of(generator, AT_ONCE, runtime);
                Program program = Program.compile(graph, Map.of(STYLES, all), runtime)) {
            while (drawn.statistics.count() < samples) {
                float[] wplus = truncated(
                        sampler.draw(random, OptionalInt.empty()).toFloats(), meanOfW.toFloats(), generator.styles());
                float[] styles = program.run(Map.of(WPLUS, Tensor.of(shape, wplus)))
                        .get(STYLES)
                        .toFloats();
                for (int n = 0; n < AT_ONCE; n++) {
                    drawn.add(item(wplus, n), placed(item(styles, n), layout), kept);
                }
            }
        }
        return drawn;
    }

    private void add(float[] code, float[] placed, int kept) {
        statistics.add(placed);
        if (codes.size() < kept) {
            codes.add(code);
            channels.add(placed);
        }
    }

    /** @param w [N,w_dim] @return [N,L,w_dim] */
    private static float[] truncated(float[] w, float[] mean, int styles) {
        int width = mean.length;
        float[] wplus = new float[w.length * styles];
        for (int i = 0; i < wplus.length; i++) {
            int k = i % width;
            float drawn = w[i / width / styles * width + k];
            boolean truncated = i / width % styles < TRUNCATED_STYLES;
            wplus[i] = truncated ? (float) (mean[k] + TRUNCATION * (drawn - mean[k])) : drawn;
        }
        return wplus;
    }

    private static float[] item(float[] all, int index) {
        int each = all.length / AT_ONCE;
        return Arrays.copyOfRange(all, index * each, (index + 1) * each);
    }

    private static float[] placed(float[] channels, StyleChannels layout) {
        float[] placed = new float[layout.shape(1).elements()];
        int from = 0;
        for (int row = 0; row < layout.rows(); row++) {
            int count = layout.channels().get(row);
            System.arraycopy(channels, from, placed, row * layout.width(), count);
            from += count;
        }
        return placed;
    }
}
