package org.saminversion.inversion.direction;

import org.saminversion.graph.Tensor;

/**
 * A change of the style vectors.
 *
 * @param name such as {@code smile} or {@code pca-00}
 * @param offsets [1,L,w_dim], added to W+ times the strength; zero outside the direction's layers
 * @param usefulFrom the strength from which the result is sensible
 * @param usefulTo the strength up to which the result is sensible
 */
public record EditDirection(String name, Tensor offsets, double usefulFrom, double usefulTo) {}
