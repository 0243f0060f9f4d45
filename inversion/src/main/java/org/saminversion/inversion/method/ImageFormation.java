package org.saminversion.inversion.method;

import java.util.Map;
import org.saminversion.graph.Value;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.ImageGenerator;
import org.saminversion.inversion.space.LatentSpace;

/**
 * The paper's image formation (equations 3 and 4): W+ modulates every layer, and each feature space adds its delta under its mask.
 * A block's own RGB contribution is made before its delta is added (spec baselines.md section 7, "RGB skip").
 *
 * @param deltas [N,C,r,r] per feature space
 * @param masks [N,1,r,r] or [1,1,r,r] in [0,1], for the same spaces
 */
public record ImageFormation(Map<LatentSpace, Value> deltas, Map<LatentSpace, Value> masks) implements BlockHook {
    @Override
    public BlockOutput after(int resolution, BlockOutput output) {
        for (LatentSpace space : deltas.keySet()) {
            if (space.resolution() == resolution) {
                Value change = deltas.get(space).multiply(masks.get(space));
                return new BlockOutput(output.features().add(change), output.image());
            }
        }
        return output;
    }

    /** The generator's image [N,3,R,R], not clamped. */
    public Value image(ImageGenerator generator, Value wplus) {
        return generator.synthesis(wplus, this);
    }

    /** The image as losses and metrics see it: reduced, clamped to [-1,1], and cropped to the visible rows and columns. */
    public static Value asCompared(Value image, ImageLayout layout, ClampGradient clampGradient) {
        Value reduced = reduced(image, layout);
        return switch (clampGradient) {
            case ZERO -> reduced.clip(-1, 1);
            case RETURNING -> reduced.returningClip(-1, 1);
        };
    }

    /** The same without the clamp, as StyleGAN2's projector sees it. */
    public static Value reduced(Value image, ImageLayout layout) {
        return image.blockMean(layout.reduction())
                .slice(2, layout.targetTop(), layout.targetTop() + layout.targetHeight())
                .slice(3, layout.targetLeft(), layout.targetLeft() + layout.targetWidth());
    }
}
