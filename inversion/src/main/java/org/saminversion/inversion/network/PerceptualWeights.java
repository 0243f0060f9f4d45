package org.saminversion.inversion.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

/**
 * The weights of a perceptual network with plain 3x3 convolutions in stages: LPIPS-VGG16 (spec networks.md 3), or a bundle's own
 * trunk. Between stages there is a 2x2 max pooling; the end of each stage is a tap.
 *
 * @param stages convolutions by stage
 * @param heads per stage a weight for each channel; absent means 1 (LPIPS "baseline")
 * @param normalisesInput whether inputs in [-1,1] are shifted and scaled as LPIPS does
 */
public record PerceptualWeights(List<List<Convolution>> stages, Optional<List<Tensor>> heads, boolean normalisesInput) {
    /** Weight [O,I,3,3] and bias [O]. */
    public record Convolution(Tensor weight, Tensor bias) {}

    private static final int[][] VGG16 = {{0, 2}, {5, 7}, {10, 12, 14}, {17, 19, 21}, {24, 26, 28}};

    /** From {@code features.{i}.weight|bias} and {@code lin{k}.model.1.weight}. */
    public static PerceptualWeights vgg16(Map<String, Tensor> tensors) {
        List<List<Convolution>> stages = new ArrayList<>();
        List<Tensor> heads = new ArrayList<>();
        for (int stage = 0; stage < VGG16.length; stage++) {
            List<Convolution> convolutions = new ArrayList<>();
            for (int index : VGG16[stage]) {
                convolutions.add(convolution(tensors, "features." + index));
            }
            stages.add(List.copyOf(convolutions));
            heads.add(require(tensors, "lin" + stage + ".model.1.weight"));
        }
        return new PerceptualWeights(List.copyOf(stages), Optional.of(List.copyOf(heads)), true);
    }

    /** From {@code stage{s}.conv{c}.weight|bias}, any number of each, without heads. */
    public static PerceptualWeights trunk(Map<String, Tensor> tensors) {
        List<List<Convolution>> stages = new ArrayList<>();
        for (int stage = 0; tensors.containsKey("stage" + stage + ".conv0.weight"); stage++) {
            List<Convolution> convolutions = new ArrayList<>();
            for (int c = 0; tensors.containsKey("stage" + stage + ".conv" + c + ".weight"); c++) {
                convolutions.add(convolution(tensors, "stage" + stage + ".conv" + c));
            }
            stages.add(List.copyOf(convolutions));
        }
        if (stages.isEmpty()) {
            throw new JobFailure.Rejected(
                    "bundle-invalid", "the perceptual network has no tensor stage0.conv0.weight: it is not a trunk");
        }
        return new PerceptualWeights(List.copyOf(stages), Optional.empty(), false);
    }

    private static Convolution convolution(Map<String, Tensor> tensors, String name) {
        return new Convolution(require(tensors, name + ".weight"), require(tensors, name + ".bias"));
    }

    private static Tensor require(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new JobFailure.Rejected("bundle-invalid", "the perceptual network lacks the tensor " + name);
        }
        return tensor;
    }
}
