package org.saminversion.inversion.edit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.saminversion.graph.Value;
import org.saminversion.inversion.method.ImageFormation;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.ImageGenerator;
import org.saminversion.inversion.space.LatentSpace;

/**
 * Editing by two paths (paper section 3.4; spec edits.md section 3). Path A renders the inversion; path B runs with the edited style
 * vectors, and after the block of each feature space takes over path A's features inside that space's mask. Segments of F_k thus
 * follow the edit only in the layers after k.
 */
public final class EditComposition {
    private final ImageGenerator generator;
    private final ImageFormation inversion;
    private final RgbSkip rgbSkip;

    public EditComposition(ImageGenerator generator, ImageFormation inversion, RgbSkip rgbSkip) {
        this.generator = generator;
        this.inversion = inversion;
        this.rgbSkip = rgbSkip;
    }

    /**
     * @param wplus [N,L,w_dim] of the inversion
     * @param edited [N,L,w_dim], the same plus the edit
     * @return the edited image [N,3,R,R], not clamped
     */
    public Value image(Value wplus, Value edited) {
        return image(wplus, edited, (style, scales) -> scales);
    }

    /** The same with an edit of the style space too: what the convolutions of path B take for the scales of a style. */
    public Value image(Value wplus, Value edited, BiFunction<Integer, Value, Value> scaledBy) {
        Map<Integer, BlockHook.BlockOutput> unedited = new LinkedHashMap<>();
        generator.synthesis(wplus, (resolution, output) -> {
            BlockHook.BlockOutput changed = inversion.after(resolution, output);
            unedited.put(resolution, changed);
            return changed;
        });
        return generator.synthesis(edited, new BlockHook() {
            @Override
            public BlockOutput after(int resolution, BlockOutput output) {
                return blended(resolution, output, unedited);
            }

            @Override
            public Value scaledBy(int style, Value scales) {
                return scaledBy.apply(style, scales);
            }
        });
    }

    private BlockHook.BlockOutput blended(
            int resolution, BlockHook.BlockOutput output, Map<Integer, BlockHook.BlockOutput> unedited) {
        for (Map.Entry<LatentSpace, Value> entry : inversion.masks().entrySet()) {
            if (entry.getKey().resolution() == resolution) {
                Value mask = entry.getValue();
                BlockHook.BlockOutput kept = unedited.get(resolution);
                Value features = blend(output.features(), kept.features(), mask);
                Value image = rgbSkip == RgbSkip.UNEDITED ? blend(output.image(), kept.image(), mask) : output.image();
                return new BlockHook.BlockOutput(features, image);
            }
        }
        return output;
    }

    private static Value blend(Value outside, Value inside, Value mask) {
        return outside.multiply(mask.like(1).subtract(mask)).add(inside.multiply(mask));
    }
}
