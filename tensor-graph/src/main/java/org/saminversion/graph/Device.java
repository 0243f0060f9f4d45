package org.saminversion.graph;

/** Where programs run. */
public enum Device {
    /** The machine's own processors. */
    CPU,
    /** The first graphics processor, by NVIDIA's CUDA; needs the build with the Maven profile {@code cuda}. */
    CUDA
}
