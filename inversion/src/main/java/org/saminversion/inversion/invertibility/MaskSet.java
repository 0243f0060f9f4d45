package org.saminversion.inversion.invertibility;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.Resample;
import org.saminversion.inversion.space.LatentSpace;

/**
 * Soft masks at the resolution of each feature space (spec baselines.md section 7, step 4 to 6). W+ has none: it modulates
 * everything.
 *
 * @param masks per feature space among the candidates [1,1,r,r] in [0,1], also where no pixel has that space
 */
public record MaskSet(SortedMap<LatentSpace, Tensor> masks) {
    public MaskSet {
        masks = Collections.unmodifiableSortedMap(new TreeMap<>(masks));
    }

    /**
     * Pads a refined map to the generator's square and resizes it with Pillow's Lanczos. Its ringing below 0 and above the
     * largest value is cut off, so masks stay in [0,1] but are soft at borders.
     *
     * @throws IllegalArgumentException if the map has not the layout's target size
     */
    public static MaskSet of(RefinedMap map, ImageLayout layout) {
        return of(map, layout, MaskResampling.LANCZOS);
    }

    /** The same with a choice of the resampling. */
    public static MaskSet of(RefinedMap map, ImageLayout layout, MaskResampling resampling) {
        if (map.width() != layout.targetWidth() || map.height() != layout.targetHeight()) {
            throw new IllegalArgumentException("a map of " + map.width() + " x " + map.height()
                    + " pixels does not fit a layout of " + layout.targetWidth() + " x " + layout.targetHeight());
        }
        SortedMap<LatentSpace, Tensor> masks = new TreeMap<>();
        for (LatentSpace space : map.candidates()) {
            if (space.isFeatureSpace()) {
                float[] mask = padded(map.mask(space), layout);
                masks.put(space, resized(mask, layout.lossResolution(), space.resolution(), resampling));
            }
        }
        return new MaskSet(masks);
    }

    /** The same value everywhere in one feature space: 1 inverts the whole photograph into it. */
    public static Tensor uniform(LatentSpace space, float value) {
        return Tensor.filled(Shape.of(1, 1, space.resolution(), space.resolution()), value);
    }

    private static float[] padded(float[] mask, ImageLayout layout) {
        int side = layout.lossResolution();
        float[] out = new float[side * side];
        for (int y = 0; y < layout.targetHeight(); y++) {
            System.arraycopy(
                    mask,
                    y * layout.targetWidth(),
                    out,
                    (layout.targetTop() + y) * side + layout.targetLeft(),
                    layout.targetWidth());
        }
        return out;
    }

    private static Tensor resized(float[] mask, int side, int resolution, MaskResampling resampling) {
        float most = 0;
        for (float value : mask) {
            most = Math.max(most, value);
        }
        float[] out = switch (resampling) {
            case LANCZOS -> Resample.lanczos(mask, side, side, resolution, resolution);
            case BILINEAR -> Resample.bilinear(mask, side, side, resolution, resolution);
        };
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.max(0, Math.min(most, out[i]));
        }
        return Tensor.of(Shape.of(1, 1, resolution, resolution), out);
    }

    /** Only the masks that are somewhere above zero: the others need no variables. */
    public MaskSet inUse() {
        SortedMap<LatentSpace, Tensor> used = new TreeMap<>(masks);
        used.values().removeIf(mask -> {
            for (float value : mask.toFloats()) {
                if (value > 0) {
                    return false;
                }
            }
            return true;
        });
        return new MaskSet(used);
    }
}
