package org.saminversion.model.study;

/** A confidence interval of a share. */
public record Interval(double low, double high) {}
