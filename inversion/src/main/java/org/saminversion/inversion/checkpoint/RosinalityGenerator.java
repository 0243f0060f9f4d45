package org.saminversion.inversion.checkpoint;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/**
 * Translates the names of the rosinality implementation, whose numbers are laid out as NVIDIA's are in PyTorch. Source: spec
 * networks.md 1.3.
 */
final class RosinalityGenerator {
    private final GeneratorTensors tensors;
    private final List<String> warnings;
    private final Tensor resampleFilter;

    private RosinalityGenerator(GeneratorTensors tensors, List<String> warnings) {
        this.tensors = tensors;
        this.warnings = warnings;
        // It stores the filter four times as large, as up-sampling needs it.
        this.resampleFilter = tensors.has("convs.0.conv.blur.kernel")
                ? Arrangement.times(tensors.load("convs.0.conv.blur.kernel"), 0.25f)
                : GeneratorTensors.resampleFilter(GeneratorTensors.RESAMPLE_KERNEL);
    }

    /** @param warnings receives what had to be made up */
    static SortedMap<String, Tensor> tensors(GeneratorTensors source, List<String> warnings) {
        RosinalityGenerator generator = new RosinalityGenerator(source, warnings);
        generator.mapping();
        Tensor constant = source.loadOfRank("input.input", 4);
        source.put("synthesis.b4.const", constant.reshape(constant.shape().elements() / 16, 4, 4));
        source.put("synthesis.b4.resample_filter", generator.resampleFilter);
        generator.layer("synthesis.b4.conv1", "conv1", 0);
        generator.toRgb("synthesis.b4.torgb", "to_rgb1");
        for (int k = 0; k < 10 && source.has("to_rgbs." + k + ".conv.weight"); k++) {
            String block = "synthesis.b" + (8 << k);
            source.put(block + ".resample_filter", generator.resampleFilter);
            generator.layer(block + ".conv0", "convs." + 2 * k, 2 * k + 1);
            generator.layer(block + ".conv1", "convs." + (2 * k + 1), 2 * k + 2);
            generator.toRgb(block + ".torgb", "to_rgbs." + k);
        }
        return source.result();
    }

    private void mapping() {
        for (int i = 0; tensors.has("style." + (i + 1) + ".weight"); i++) {
            tensors.take("mapping.fc" + i + ".weight", "style." + (i + 1) + ".weight");
            tensors.take("mapping.fc" + i + ".bias", "style." + (i + 1) + ".bias");
        }
        if (!tensors.has("latent_avg")) {
            warnings.add("the file has no latent_avg: truncation is not possible with this generator");
            return;
        }
        Tensor average = tensors.load("latent_avg");
        int wDim = average.shape().rank() == 0 ? 1 : average.shape().size(-1);
        float[] values = average.toFloats();
        float[] first = Arrays.copyOf(values, wDim);
        for (int i = wDim; i < values.length; i++) {
            if (Float.floatToIntBits(values[i]) != Float.floatToIntBits(first[i % wDim])) {
                warnings.add("the file's latent_avg differs between layers: the first layer's is used");
                break;
            }
        }
        tensors.put("mapping.w_avg", Tensor.of(Shape.of(wDim), first));
    }

    /** @param noise index of the layer's noise; its resolution is 2^((noise + 5) / 2) */
    private void layer(String name, String source, int noise) {
        modulated(name, source);
        tensors.take(
                name + ".bias",
                source + ".activate.bias",
                tensors.shape(source + ".activate.bias").elements());
        tensors.take(name + ".noise_strength", source + ".noise.weight", 1);
        tensors.put(name + ".resample_filter", resampleFilter);
        int size = 1 << (noise + 5) / 2;
        if (tensors.has("noises.noise_" + noise)) {
            tensors.take(name + ".noise_const", "noises.noise_" + noise, size, size);
        } else {
            warnings.add("the file has no constant noise for " + name + ": zeros are used");
            tensors.put(name + ".noise_const", Tensor.zeros(Shape.of(size, size)));
        }
    }

    private void toRgb(String name, String source) {
        modulated(name, source);
        tensors.take(
                name + ".bias",
                source + ".bias",
                tensors.shape(source + ".bias").elements());
    }

    private void modulated(String name, String source) {
        Shape shape = tensors.loadOfRank(source + ".conv.weight", 5).shape();
        tensors.take(
                name + ".weight", source + ".conv.weight", shape.size(1), shape.size(2), shape.size(3), shape.size(4));
        tensors.take(name + ".affine.weight", source + ".conv.modulation.weight");
        tensors.take(name + ".affine.bias", source + ".conv.modulation.bias");
    }
}
