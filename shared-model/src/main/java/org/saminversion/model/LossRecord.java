package org.saminversion.model;

/** The terms of the objective before one optimisation step, counted from 0. */
public record LossRecord(
        int step,
        double total,
        double mse,
        double lpips,
        double gaussianPrior,
        double styleSpread,
        double featureNorm) {}
