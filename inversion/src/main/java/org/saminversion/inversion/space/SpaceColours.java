package org.saminversion.inversion.space;

/** The colours of the paper's figures (spec evaluation.md section 4), as 0xRRGGBB. */
public final class SpaceColours {
    private static final int[] BY_LAYER_PAIR = {0x00629b, 0x7b4ea3, 0x747678, 0xfc8900, 0x618139, 0xffcd00};

    private SpaceColours() {}

    /** W+, F4, F6, F8 and F10 as in the paper; F2, which the paper does not use, is violet. Further spaces repeat. */
    public static int of(LatentSpace space) {
        return BY_LAYER_PAIR[space.layer() / 2 % BY_LAYER_PAIR.length];
    }
}
