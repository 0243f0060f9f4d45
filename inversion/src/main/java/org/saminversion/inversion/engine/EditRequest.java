package org.saminversion.inversion.engine;

import org.saminversion.inversion.space.LayerRange;

/**
 * One edit direction with its strength.
 *
 * @param direction a name in the bundle, such as {@code smile} or {@code pca-00}
 * @param strength in units of the direction, usually standard deviations; finite, in [-20,20]
 * @param layers style vectors that are moved, as far as the generator has them
 */
public record EditRequest(String direction, double strength, LayerRange layers) {
    /** In all layers that the direction has. */
    public EditRequest(String direction, double strength) {
        this(direction, strength, LayerRange.all(Integer.MAX_VALUE));
    }
}
