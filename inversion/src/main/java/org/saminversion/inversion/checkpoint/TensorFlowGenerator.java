package org.saminversion.inversion.checkpoint;

import java.util.SortedMap;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/**
 * Translates the names and layouts of NVIDIA's TensorFlow generators. TensorFlow keeps convolution weights as [kh,kw,in,out]
 * and dense ones as [in,out]; its up-convolutions are flipped; its style biases lack the 1 that PyTorch's include. Source:
 * spec formats.md, table TF to PyTorch.
 */
final class TensorFlowGenerator {
    private final GeneratorTensors tensors;
    private final Tensor resampleFilter;
    private final int resolutionLog2;

    private TensorFlowGenerator(GeneratorTensors tensors, float[] resampleKernel) {
        this.tensors = tensors;
        this.resampleFilter = GeneratorTensors.resampleFilter(resampleKernel);
        int log2 = 2;
        while (log2 < 12 && tensors.has(scope(log2 + 1) + "Conv1/weight")) {
            log2++;
        }
        this.resolutionLog2 = log2;
    }

    static SortedMap<String, Tensor> tensors(GeneratorTensors source, float[] resampleKernel) {
        TensorFlowGenerator generator = new TensorFlowGenerator(source, resampleKernel);
        generator.mapping();
        for (int log2 = 2; log2 <= generator.resolutionLog2; log2++) {
            generator.block(log2);
        }
        return source.result();
    }

    private static String scope(int log2) {
        int size = 1 << log2;
        return "synthesis/" + size + "x" + size + "/";
    }

    private void mapping() {
        if (tensors.has("dlatent_avg")) {
            tensors.take("mapping.w_avg", "dlatent_avg");
        }
        if (tensors.has("mapping/LabelEmbed/weight")) {
            dense("mapping.embed.weight", "mapping/LabelEmbed/weight");
            Tensor weight = tensors.result().get("mapping.embed.weight");
            if (tensors.has("mapping/LabelEmbed/bias")) {
                tensors.take("mapping.embed.bias", "mapping/LabelEmbed/bias");
            } else {
                tensors.put(
                        "mapping.embed.bias",
                        Tensor.zeros(Shape.of(weight.shape().size(0))));
            }
        }
        for (int i = 0; tensors.has("mapping/Dense" + i + "/weight"); i++) {
            dense("mapping.fc" + i + ".weight", "mapping/Dense" + i + "/weight");
            tensors.take("mapping.fc" + i + ".bias", "mapping/Dense" + i + "/bias");
        }
    }

    private void block(int log2) {
        String block = "synthesis.b" + (1 << log2);
        tensors.put(block + ".resample_filter", resampleFilter);
        if (log2 == 2) {
            Tensor constant = tensors.loadOfRank(scope(2) + "Const/const", 4);
            tensors.take(
                    block + ".const", scope(2) + "Const/const", constant.shape().size(1), 4, 4);
            layer(block + ".conv1", scope(2) + "Conv", false);
            noise(block + ".conv1", scope(2) + "Conv", 0, log2);
        } else {
            layer(block + ".conv0", scope(log2) + "Conv0_up", true);
            noise(block + ".conv0", scope(log2) + "Conv0_up", 2 * log2 - 5, log2);
            layer(block + ".conv1", scope(log2) + "Conv1", false);
            noise(block + ".conv1", scope(log2) + "Conv1", 2 * log2 - 4, log2);
        }
        String toRgb = tensors.has(scope(log2) + "ToRGB/weight")
                ? scope(log2) + "ToRGB"
                : "synthesis/ToRGB_lod" + (resolutionLog2 - log2);
        modulated(block + ".torgb", toRgb, false);
    }

    private void layer(String name, String source, boolean up) {
        modulated(name, source, up);
        tensors.put(name + ".resample_filter", resampleFilter);
    }

    private void modulated(String name, String source, boolean up) {
        Tensor weight = Arrangement.permute(tensors.loadOfRank(source + "/weight", 4), 3, 2, 0, 1);
        tensors.put(name + ".weight", up ? Arrangement.flipPlanes(weight) : weight);
        tensors.take(name + ".bias", source + "/bias");
        dense(name + ".affine.weight", source + "/mod_weight");
        tensors.put(name + ".affine.bias", Arrangement.plus(tensors.load(source + "/mod_bias"), 1));
    }

    /** A generator may have been made without noise. */
    private void noise(String name, String source, int index, int log2) {
        if (tensors.has(source + "/noise_strength")) {
            tensors.take(name + ".noise_strength", source + "/noise_strength", 1);
            tensors.take(name + ".noise_const", "synthesis/noise" + index, 1 << log2, 1 << log2);
        }
    }

    private void dense(String name, String source) {
        tensors.put(name, Arrangement.permute(tensors.loadOfRank(source, 2), 1, 0));
    }
}
