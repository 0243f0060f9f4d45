package org.saminversion.model.store;

/** Where an optimisation can go on: steps done, and the engine's bytes. */
public record Checkpoint(int step, byte[] bytes) {}
