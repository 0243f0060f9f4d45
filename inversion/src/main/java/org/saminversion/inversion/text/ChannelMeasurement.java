package org.saminversion.inversion.text;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.BundleNetworks;
import org.saminversion.inversion.engine.EngineOptions;
import org.saminversion.inversion.engine.ProgressListener;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.StyleChannels;
import org.saminversion.inversion.network.StyleGan2;
import org.saminversion.inversion.network.StyleGan2Weights;

/**
 * Measures what each channel of the style space does to pictures, as CLIP sees them (spec edits.md 2): in each of some random images
 * it is set to five standard deviations above and below its mean. Channels of convolutions beyond 128 pixels are left out, as in
 * StyleCLIP.
 */
public final class ChannelMeasurement implements AutoCloseable {
    private static final int RESOLUTION_MAX = 128;
    private static final double DEVIATIONS = 5;
    private static final Duration KEEP_EVERY = Duration.ofSeconds(30);
    private static final String WPLUS = "wplus";
    private static final String OFFSETS = "offsets";
    private static final String PICTURES = "pictures";

    /**
     * How much is measured.
     *
     * @param images that every channel is moved in
     * @param samples random images that means and deviations are taken over, rounded up to hundreds
     * @param batch images that are rendered at once, at least 2
     */
    public record Extent(int images, int samples, long seed, int batch) {
        public Extent {
            if (images < 1 || samples < Math.max(2, images) || batch < 2) {
                throw new JobFailure.Rejected(
                        "parameter-out-of-range",
                        "effects of channels are measured in at least 1 image, not more than there are samples, of which"
                                + " there are at least 2, and in batches of at least 2; not in " + images
                                + " images of " + samples + " samples in batches of " + batch);
            }
        }
    }

    private record Move(int row, int channel) {}

    private final ModelBundle bundle;
    private final Extent extent;
    private final StyleGan2Weights generator;
    private final StyleChannels channels;
    private final ClipNetwork clip;
    private final RandomStyles styles;
    private final Program rendering;

    /** @throws JobFailure.Rejected if the generator has no style space */
    public ChannelMeasurement(ModelBundle bundle, ClipNetwork clip, Extent extent, EngineOptions options) {
        BundleNetworks read = BundleNetworks.read(bundle, options);
        this.bundle = bundle;
        this.extent = extent;
        this.generator = read.networks().styleGan2();
        this.channels = generator.styleChannels();
        this.clip = clip;
        this.styles = RandomStyles.draw(
                generator, read.meanOfW(), extent.samples(), extent.images(), extent.seed(), options.runtime());
        this.rendering = rendering(bundle.description().layout(), options.runtime());
    }

    private Program rendering(ImageLayout layout, RuntimeOptions runtime) {
        Graph graph = new Graph();
        Value offsets = graph.input(OFFSETS, channels.shape(extent.batch()).toArray());
        Value wplus = graph.input(WPLUS, extent.batch(), generator.styles(), generator.wDimension());
        Value image = new StyleGan2(graph, generator, NoiseMode.CONSTANT).synthesis(wplus, new BlockHook() {
            @Override
            public BlockOutput after(int resolution, BlockOutput output) {
                return output;
            }

            @Override
            public Value scaledBy(int style, Value scales) {
                return scales.add(channels.row(offsets, style));
            }
        });
        return Program.compile(
                graph, Map.of(PICTURES, ClipPictures.prepared(image, layout, clip.imageSide())), runtime);
    }

    /**
     * Measures all channels. What was measured is kept every half a minute, and the same call goes on there with the same bits; a call
     * for more images measures only those that are new.
     *
     * @param folder where it is kept
     * @param progress hears of channels of images, without those of earlier calls
     * @throws JobFailure.Rejected if the folder holds another measurement, or one in more images
     * @throws JobFailure.Transient if the disk is full
     */
    public ChannelEffects measure(Path folder, InstantSource clock, ProgressListener progress) {
        List<Move> moves = moves();
        EffectCheckpoint checkpoint = EffectCheckpoint.of(folder, bundle, extent);
        EffectSums sums = checkpoint.read(channels.rows(), channels.width());
        int before = sums.count();
        int total = extent.images() * moves.size();
        if (before > total) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "the channels were measured in " + (before + moves.size() - 1) / moves.size()
                            + " images already, in " + folder + ": ask for at least as many, or choose another folder");
        }
        Instant kept = clock.instant();
        while (sums.count() < total) {
            int from = sums.count() % moves.size();
            List<Move> some = moves.subList(from, Math.min(moves.size(), from + extent.batch() / 2));
            add(sums, sums.count() / moves.size(), some);
            Instant now = clock.instant();
            if (sums.count() == total || Duration.between(kept, now).compareTo(KEEP_EVERY) >= 0) {
                checkpoint.write(sums);
                kept = now;
            }
            progress.progressed(sums.count() - before, total - before, Double.NaN);
        }
        return new ChannelEffects(
                sums.directions(),
                Tensor.of(
                        Shape.of(channels.rows(), channels.width()),
                        styles.statistics().deviations()),
                Map.of(
                        "images", Integer.toString(extent.images()),
                        "samples", Integer.toString(styles.statistics().count()),
                        "seed", Long.toString(extent.seed())));
    }

    private void add(EffectSums sums, int image, List<Move> moves) {
        List<double[]> vectors = clip.ofPictures(pictures(image, moves));
        for (int i = 0; i < moves.size(); i++) {
            sums.add(
                    place(moves.get(i)),
                    UnitVectors.normalised(UnitVectors.difference(vectors.get(2 * i), vectors.get(2 * i + 1))));
        }
    }

    private List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        for (int row = 0; row < channels.rows() && StyleChannels.resolution(row) <= RESOLUTION_MAX; row++) {
            for (int channel = 0; channel < channels.channels().get(row); channel++) {
                moves.add(new Move(row, channel));
            }
        }
        return moves;
    }

    private int place(Move move) {
        return move.row() * channels.width() + move.channel();
    }

    /** Every channel above and below its mean, one after the other. @return [batch,3,S,S]; what exceeds the moves has no meaning */
    private Tensor pictures(int image, List<Move> moves) {
        float[] code = styles.codes().get(image);
        float[] wplus = new float[extent.batch() * code.length];
        Shape shape = channels.shape(extent.batch());
        float[] offsets = new float[shape.elements()];
        int each = offsets.length / extent.batch();
        for (int n = 0; n < extent.batch(); n++) {
            System.arraycopy(code, 0, wplus, n * code.length, code.length);
            if (n / 2 < moves.size()) {
                int place = place(moves.get(n / 2));
                double wanted = styles.statistics().mean(place)
                        + (n % 2 == 0 ? DEVIATIONS : -DEVIATIONS)
                                * styles.statistics().deviation(place);
                offsets[n * each + place] = (float) (wanted - styles.channels().get(image)[place]);
            }
        }
        Tensor codesOfAll = Tensor.of(Shape.of(extent.batch(), generator.styles(), generator.wDimension()), wplus);
        return rendering
                .run(Map.of(WPLUS, codesOfAll, OFFSETS, Tensor.of(shape, offsets)))
                .get(PICTURES);
    }

    @Override
    public void close() {
        rendering.close();
    }
}
