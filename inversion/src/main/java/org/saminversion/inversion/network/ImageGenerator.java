package org.saminversion.inversion.network;

import org.saminversion.graph.Value;

/** A generator in a graph. */
public interface ImageGenerator {
    /**
     * Paints images.
     *
     * @param wplus [N,L,w_dim], a code for each layer
     * @param hook sees, and may change, the features between blocks
     * @return the images [N,3,R,R], about [-1,1], not clamped
     */
    Value synthesis(Value wplus, BlockHook hook);
}
