package org.saminversion.inversion.checkpoint;

import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saminversion.graph.Tensor;

/** A generator that has this project's names already. */
final class AdaGenerator {
    private static final Pattern CONVOLUTION = Pattern.compile("(synthesis\\.b[0-9]+)(\\.conv[01])\\.weight");

    private AdaGenerator() {}

    /**
     * The file's tensors; scalar noise strengths become [1], the form that bundles hold, and resampling filters that somebody
     * left out of the file (they are no weights) are put back.
     */
    static SortedMap<String, Tensor> tensors(GeneratorTensors generator, SortedMap<String, StoredTensor> source) {
        Tensor filter = GeneratorTensors.resampleFilter(GeneratorTensors.RESAMPLE_KERNEL);
        for (String name : source.keySet()) {
            if (name.endsWith(".noise_strength")) {
                generator.take(name, name, 1);
            } else if (name.startsWith("synthesis.") || name.startsWith("mapping.")) {
                generator.take(name, name);
            }
            Matcher convolution = CONVOLUTION.matcher(name);
            if (convolution.matches()) {
                generator.result().putIfAbsent(convolution.group(1) + ".resample_filter", filter);
                generator
                        .result()
                        .putIfAbsent(convolution.group(1) + convolution.group(2) + ".resample_filter", filter);
            }
        }
        return generator.result();
    }
}
