package org.saminversion.bench;

/**
 * What a process has taken of the machine's memory in a part of its work, in mebibytes.
 *
 * @param resident memory at its end
 * @param peak the largest resident memory until then, since the stage before where the system can count anew
 * @param heap Java's heap, as far as it is taken from the system
 * @param direct tensors that Java holds outside of its heap
 */
public record MemoryStage(String name, double resident, double peak, double heap, double direct) {}
