package org.saminversion.inversion.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.graph.PoolOp.MaxPool;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.network.layer.NamedTensors;

/**
 * The weights of a perceptual network in stages, the end of each of which is a tap: LPIPS on VGG16, AlexNet or SqueezeNet (spec
 * networks.md 3), or a bundle's own trunk.
 *
 * <p>The factories throw {@link JobFailure.Rejected} of kind {@code bundle-invalid} if a tensor is missing.
 *
 * @param heads per stage a weight for each channel [1,C,1,1]; absent means 1 (LPIPS "baseline")
 * @param normalisesInput whether inputs in [-1,1] are shifted and scaled as LPIPS does
 */
public record PerceptualWeights(List<Stage> stages, Optional<List<Tensor>> heads, boolean normalisesInput) {
    /**
     * Layers between two taps.
     *
     * @param pool what comes before them, if anything
     */
    public record Stage(Optional<MaxPool> pool, List<PerceptualLayer> layers) {
        public Stage {
            layers = List.copyOf(layers);
        }
    }

    private static final MaxPool TILING = new MaxPool(2, 2, 0, false);
    private static final MaxPool OVERLAPPING = new MaxPool(3, 2, 0, false);
    private static final MaxPool OVERLAPPING_TO_THE_EDGE = new MaxPool(3, 2, 0, true);
    private static final int[][] VGG16 = {{0, 2}, {5, 7}, {10, 12, 14}, {17, 19, 21}, {24, 26, 28}};
    /** The stages of SqueezeNet 1.1 after the first convolution, and which of them begin with a pooling. */
    private static final int[][] SQUEEZENET_FIRES = {{3, 4}, {6, 7}, {9}, {10}, {11}, {12}};

    private static final int SQUEEZENET_POOLED_STAGES = 3;

    public PerceptualWeights {
        stages = List.copyOf(stages);
        heads = heads.map(List::copyOf);
    }

    /** Stages of these layers, with 2x2 max pooling between them as VGG16 has it. */
    public static List<Stage> pooledBetween(List<List<PerceptualLayer>> layers) {
        List<Stage> stages = new ArrayList<>();
        for (List<PerceptualLayer> ofStage : layers) {
            stages.add(new Stage(stages.isEmpty() ? Optional.empty() : Optional.of(TILING), ofStage));
        }
        return List.copyOf(stages);
    }

    /** Channels of each tap, finest first. */
    public List<Integer> tapChannels() {
        return stages.stream()
                .map(stage -> stage.layers().get(stage.layers().size() - 1).channels())
                .toList();
    }

    /** From {@code features.{i}.weight|bias} and {@code lin{k}.model.1.weight}. */
    public static PerceptualWeights vgg16(Map<String, Tensor> tensors) {
        NamedTensors named = new NamedTensors("LPIPS on VGG16", tensors);
        List<List<PerceptualLayer>> stages = new ArrayList<>();
        for (int[] indices : VGG16) {
            List<PerceptualLayer> layers = new ArrayList<>();
            for (int index : indices) {
                layers.add(convolution(named, "features." + index));
            }
            stages.add(layers);
        }
        return withHeads(named, pooledBetween(stages));
    }

    /** From {@code features.{i}.weight|bias} of AlexNet and {@code lin{k}.model.1.weight}. */
    public static PerceptualWeights alexnet(Map<String, Tensor> tensors) {
        NamedTensors named = new NamedTensors("LPIPS on AlexNet", tensors);
        List<Stage> stages = List.of(
                new Stage(Optional.empty(), List.of(convolution(named, "features.0", 4, 2))),
                new Stage(Optional.of(OVERLAPPING), List.of(convolution(named, "features.3"))),
                new Stage(Optional.of(OVERLAPPING), List.of(convolution(named, "features.6"))),
                new Stage(Optional.empty(), List.of(convolution(named, "features.8"))),
                new Stage(Optional.empty(), List.of(convolution(named, "features.10"))));
        return withHeads(named, stages);
    }

    /** From {@code features.{i}} of SqueezeNet 1.1 and {@code lin{k}.model.1.weight}. */
    public static PerceptualWeights squeezenet(Map<String, Tensor> tensors) {
        NamedTensors named = new NamedTensors("LPIPS on SqueezeNet 1.1", tensors);
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage(Optional.empty(), List.of(convolution(named, "features.0", 2, 0))));
        for (int[] indices : SQUEEZENET_FIRES) {
            List<PerceptualLayer> layers = new ArrayList<>();
            for (int index : indices) {
                layers.add(fire(named, "features." + index + "."));
            }
            boolean pooled = stages.size() <= SQUEEZENET_POOLED_STAGES;
            stages.add(new Stage(pooled ? Optional.of(OVERLAPPING_TO_THE_EDGE) : Optional.empty(), layers));
        }
        return withHeads(named, stages);
    }

    /** From {@code stage{s}.conv{c}.weight|bias}, any number of each, with 2x2 max pooling between stages, without heads. */
    public static PerceptualWeights trunk(Map<String, Tensor> tensors) {
        NamedTensors named = new NamedTensors("perceptual trunk", tensors);
        List<List<PerceptualLayer>> stages = new ArrayList<>();
        for (int stage = 0; named.has("stage" + stage + ".conv0.weight"); stage++) {
            List<PerceptualLayer> layers = new ArrayList<>();
            for (int c = 0; named.has("stage" + stage + ".conv" + c + ".weight"); c++) {
                layers.add(convolution(named, "stage" + stage + ".conv" + c));
            }
            stages.add(layers);
        }
        if (stages.isEmpty()) {
            throw named.invalid("it has no tensor stage0.conv0.weight");
        }
        return new PerceptualWeights(pooledBetween(stages), Optional.empty(), false);
    }

    private static PerceptualWeights withHeads(NamedTensors tensors, List<Stage> stages) {
        List<Tensor> heads = new ArrayList<>();
        for (int stage = 0; stage < stages.size(); stage++) {
            heads.add(tensors.tensor("lin" + stage + ".model.1.weight"));
        }
        return new PerceptualWeights(stages, Optional.of(heads), true);
    }

    private static PerceptualLayer.Convolution convolution(NamedTensors tensors, String name) {
        return new PerceptualLayer.Convolution(tensors.tensor(name + ".weight"), tensors.tensor(name + ".bias"));
    }

    private static PerceptualLayer.Convolution convolution(NamedTensors tensors, String name, int stride, int padding) {
        return new PerceptualLayer.Convolution(
                tensors.tensor(name + ".weight"), tensors.tensor(name + ".bias"), stride, padding);
    }

    private static PerceptualLayer.Fire fire(NamedTensors tensors, String prefix) {
        return new PerceptualLayer.Fire(
                convolution(tensors, prefix + "squeeze"),
                convolution(tensors, prefix + "expand1x1"),
                convolution(tensors, prefix + "expand3x3"));
    }
}
