package org.saminversion.inversion.segment;

import org.saminversion.graph.Tensor;

/** A semantic network that is ready to run. Safe to share between threads. */
@FunctionalInterface
public interface LogitsNetwork {
    /**
     * @param input [1,3,H,W], normalised
     * @return [1,K,h,w] of any size, one plane of scores per label
     */
    Tensor logits(Tensor input);
}
