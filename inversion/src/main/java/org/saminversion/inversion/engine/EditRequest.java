package org.saminversion.inversion.engine;

/**
 * One edit direction with its strength.
 *
 * @param direction a name in the bundle, such as {@code smile} or {@code pca-00}
 * @param strength in units of the direction, usually standard deviations; finite, in [-20,20]
 */
public record EditRequest(String direction, double strength) {}
