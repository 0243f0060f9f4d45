package org.saminversion.model;

/** One edited picture that the caller asked for: a direction of the bundle and how far to go along it. */
public record EditOrder(String direction, double strength) {}
