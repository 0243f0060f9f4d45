package org.saminversion.inversion.direction;

import org.saminversion.inversion.space.LayerRange;

/** A change of the codes of an inverted photograph, or of the style space behind them. */
public sealed interface StyleEdit permits EditDirection, ClassEdit, ChannelDirection {
    /**
     * Moves codes.
     *
     * @param wplus [L*w_dim], changed in place
     * @param layers the layers whose codes may move
     */
    default void move(float[] wplus, double strength, LayerRange layers) {}

    /**
     * Moves in the style space.
     *
     * @param offsets as {@link org.saminversion.inversion.network.StyleChannels} has them for one image, changed in place
     * @param layers the layers whose channels may move
     */
    default void moveChannels(float[] offsets, double strength, LayerRange layers) {}

    /** Whether it moves channels of the style space. */
    default boolean isInStyleSpace() {
        return false;
    }
}
