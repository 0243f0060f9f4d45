package org.saminversion.inversion.network;

import org.saminversion.graph.Value;

/**
 * Sees, and may change, what a block of the generator hands to the next. This is where feature spaces act: F_k lies after the
 * block of resolution 4 * 2^(k/2).
 *
 * <p>As in the released code, a block's own RGB contribution is made before the hook sees its features. In the last block no
 * later contribution would follow, and a change could reach no pixel: there the hook comes before it.
 */
@FunctionalInterface
public interface BlockHook {
    BlockHook NONE = (resolution, output) -> output;

    /**
     * @param features [N,C,r,r] after the block's last convolution
     * @param image [N,3,r,r] the sum of all RGB contributions so far: this block's included, except in the last block
     */
    record BlockOutput(Value features, Value image) {}

    BlockOutput after(int resolution, BlockOutput output);

    /**
     * Sees, and may change, by what a convolution of StyleGAN2 scales the channels of its input: the style space.
     *
     * @param style which of the styles
     * @param scales [N,C]
     */
    default Value scaledBy(int style, Value scales) {
        return scales;
    }
}
