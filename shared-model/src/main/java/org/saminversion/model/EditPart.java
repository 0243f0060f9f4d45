package org.saminversion.model;

/**
 * A direction of the bundle and how far to go along it, in some of the generator's layers.
 *
 * @param layersStart the first style vector that is moved, counted from 0
 * @param layersEnd one past the last
 */
public record EditPart(String direction, double strength, int layersStart, int layersEnd) {}
