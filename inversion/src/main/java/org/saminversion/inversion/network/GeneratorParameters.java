package org.saminversion.inversion.network;

import java.util.Optional;
import org.saminversion.graph.Value;

/** Where a generator's graph takes its parameters from: fixed numbers, or inputs that an optimisation moves. */
public sealed interface GeneratorParameters permits FixedParameters, VariableParameters {
    /** A parameter as the checkpoint has it. */
    Value tensor(String name);

    /** A matrix [O,I] as [I,O], times a scale. */
    Value transposed(String name, double scale);

    /** The up-convolution's weight [O,I,3,3] as {@link PolyphaseWeight} has it, [4 O,I,3,3]. */
    Value polyphase(String name);

    /** A weight [O,I,k,k] as {@link ReversedWeight} has it. */
    Value reversed(String name);

    /** The power of each input channel of a weight [O,I,k,k] in each output channel, [I,O]. */
    Value power(String name);

    /** The strength of a layer's noise, one number; empty if the layer has none or it is fixed at zero. */
    Optional<Value> noiseStrength(String layer);
}
