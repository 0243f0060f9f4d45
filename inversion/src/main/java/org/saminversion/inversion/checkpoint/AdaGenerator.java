package org.saminversion.inversion.checkpoint;

import java.util.SortedMap;
import org.saminversion.graph.Tensor;

/** A generator that has this project's names already. */
final class AdaGenerator {
    private AdaGenerator() {}

    /** The file's tensors; scalar noise strengths become [1], the form that bundles hold. */
    static SortedMap<String, Tensor> tensors(GeneratorTensors generator, SortedMap<String, StoredTensor> source) {
        for (String name : source.keySet()) {
            if (name.endsWith(".noise_strength")) {
                generator.take(name, name, 1);
            } else if (name.startsWith("synthesis.") || name.startsWith("mapping.")) {
                generator.take(name, name);
            }
        }
        return generator.result();
    }
}
