package org.saminversion.inversion.direction;

import org.saminversion.inversion.space.LayerRange;

/** A change of the codes of an inverted photograph. */
public interface StyleEdit {
    /**
     * Moves codes.
     *
     * @param wplus [L*w_dim], changed in place
     * @param layers the layers whose codes may move
     */
    void move(float[] wplus, double strength, LayerRange layers);
}
