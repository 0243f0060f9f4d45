package org.saminversion.inversion.method;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saminversion.graph.Adam;
import org.saminversion.graph.Graph;
import org.saminversion.graph.LearningRateSchedule;
import org.saminversion.graph.OptimisationPlan;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.graph.VariableGroup;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.Lpips;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.PerceptualWeights;
import org.saminversion.inversion.network.StyleGan2;
import org.saminversion.inversion.network.VariableParameters;

/**
 * The second stage of pivotal tuning for one image (spec baselines.md section 6): all weights of the synthesis network are moved
 * until it makes the photograph from the pivot.
 *
 * <p>Inputs of the graph: {@code weight.NAME} are the variables; {@code wplus} [1,L,w_dim], the pivot, and {@code target}
 * [1,3,h,w] in [-1,1] at the generator's resolution are data; with locality, {@code z} [1,z_dim] is drawn in each step.
 */
public record TuningGraph(Graph graph, OptimisationPlan plan) {
    public static final String Z = "z";
    /** Keeps the direction finite if the random style vector is the pivot. */
    private static final float SQUARED_NORM_MIN = 1e-24f;

    /**
     * @param perceptual LPIPS on AlexNet in the reference
     */
    public static TuningGraph build(
            InversionGraph.Networks networks, PerceptualWeights perceptual, TuningSettings settings) {
        Graph graph = new Graph();
        int layers = networks.styleGan2().styles();
        int width = networks.styleGan2().wDimension();
        ImageLayout layout = networks.layout();
        Value pivot = graph.input(InversionGraph.WPLUS, 1, layers, width);
        Value target = graph.input(InversionGraph.TARGET, 1, 3, layout.visibleHeight(), layout.visibleWidth());
        VariableParameters variables = new VariableParameters(graph, networks.styleGan2());
        NoiseMode noise = networks.noiseMode() == NoiseMode.NONE ? NoiseMode.NONE : NoiseMode.CONSTANT;
        Value image = visible(
                new StyleGan2(graph, networks.styleGan2(), noise, variables).synthesis(pivot, BlockHook.NONE), layout);
        Lpips lpips = new Lpips(graph, perceptual);
        Value mse = image.subtract(target).square().mean().reshape(1);
        Value distance = lpips.distance(image, target).reshape(1);
        Value total = mse.multiply(settings.mse()).add(distance.multiply(settings.lpips()));
        Value none = mse.multiply(0);
        Value locality = none;
        if (settings.isLocal()) {
            locality = locality(graph, networks, settings, variables, lpips, pivot);
            total = total.add(locality);
        }
        return new TuningGraph(
                graph,
                new OptimisationPlan(
                        total,
                        List.of(total, mse, distance, none, none, locality),
                        List.of(new VariableGroup(
                                VariableParameters.inputs(networks.styleGan2()),
                                LearningRateSchedule.constant(settings.learningRate()),
                                Adam.STANDARD)),
                        settings.isLocal() ? Set.of(Z) : Set.of()));
    }

    private static Value visible(Value image, ImageLayout layout) {
        return image.slice(2, layout.visibleTop(), layout.visibleTop() + layout.visibleHeight())
                .slice(3, layout.visibleLeft(), layout.visibleLeft() + layout.visibleWidth());
    }

    /** How much the tuned generator differs from the original one at a point near the pivot, without noise. */
    private static Value locality(
            Graph graph,
            InversionGraph.Networks networks,
            TuningSettings settings,
            VariableParameters variables,
            Lpips lpips,
            Value pivot) {
        Value z = graph.input(Z, 1, networks.styleGan2().zDimension());
        StyleGan2 original = new StyleGan2(graph, networks.styleGan2(), NoiseMode.NONE);
        StyleGan2 tuned = new StyleGan2(graph, networks.styleGan2(), NoiseMode.NONE, variables);
        Value near = near(original, z, pivot, settings);
        Value before = original.synthesis(near, BlockHook.NONE);
        Value after = tuned.synthesis(near, BlockHook.NONE);
        Value mse = after.subtract(before).square().mean().reshape(1);
        return mse.multiply(settings.localityMse())
                .add(lpips.distance(after, before).reshape(1).multiply(settings.localityLpips()));
    }

    /** From the pivot towards a random style vector, by a distance over all layers together. */
    static Value near(StyleGan2 generator, Value z, Value pivot, TuningSettings settings) {
        int layers = pivot.shape().size(1);
        int width = pivot.shape().size(2);
        Value random = generator
                .truncated(generator.mappingOfAnyClass(z), settings.localityTruncation())
                .reshape(1, 1, width)
                .expand(Shape.of(1, layers, width));
        Value towards = random.subtract(pivot);
        Value length = towards.square()
                .sum(1, 2)
                .maximum(towards.like(SQUARED_NORM_MIN))
                .squareRoot();
        return pivot.add(towards.divide(length).multiply(settings.localityRadius()));
    }

    /** The variables at their start. */
    public static Map<String, Tensor> start(InversionGraph.Networks networks) {
        Map<String, Tensor> start = new LinkedHashMap<>();
        VariableParameters.trained(networks.styleGan2())
                .forEach((name, tensor) -> start.put(VariableParameters.input(name), tensor));
        return start;
    }
}
