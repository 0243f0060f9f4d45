package org.saminversion.inversion.training.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.MaskResampling;
import org.saminversion.inversion.invertibility.MaskSet;
import org.saminversion.inversion.invertibility.RefinedMap;
import org.saminversion.inversion.invertibility.SegmentChoice;
import org.saminversion.inversion.segment.Segmenter;
import org.saminversion.inversion.space.LatentSpace;

/**
 * Masks of the bundle's own segments with spaces drawn at random, as maps at thresholds from very low to very high would give them:
 * each photograph has a middle between the first and the last candidate, and its segments scatter around it.
 */
record RandomMasks(Segmenter segmenter, ImageLayout layout, List<LatentSpace> candidates, MaskResampling resampling)
        implements MaskDraws {
    private static final double SCATTER = 0.8;

    @Override
    public SortedMap<LatentSpace, Tensor> draw(RgbImage image, SplittableRandom random) {
        int[] segments = segmenter.segment(image);
        double middle = random.nextDouble() * candidates.size() - 0.5;
        List<SegmentChoice> choices = new ArrayList<>();
        Arrays.stream(segments).distinct().sorted().forEach(segment -> {
            long place = Math.round(middle + SCATTER * random.nextGaussian());
            LatentSpace space = candidates.get((int) Math.max(0, Math.min(candidates.size() - 1L, place)));
            int pixels = (int) Arrays.stream(segments).filter(s -> s == segment).count();
            choices.add(new SegmentChoice(segment, pixels, new TreeMap<>(), space));
        });
        RefinedMap map = new RefinedMap(image.width(), image.height(), segments, candidates, 0, choices);
        return MaskSet.of(map, layout, resampling).masks();
    }
}
