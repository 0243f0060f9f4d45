package org.saminversion.inversion.method;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saminversion.graph.Adam;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Graph;
import org.saminversion.graph.OptimisationPlan;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Value;
import org.saminversion.graph.VariableGroup;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.Lpips;
import org.saminversion.inversion.network.NoiseMode;

/**
 * StyleGAN2's projector for N images (spec baselines.md sections 2 to 4): style vectors and noise maps are found together; in the
 * first part of the run each step sees the style vectors with a little noise on them.
 *
 * <p>Inputs of the graph: {@code wplus} [N,1 or L,w_dim] and {@code noise.LAYER} [N,1,r,r] are the variables; {@code target}
 * [N,3,h,w] in [-1,1] is data; {@code latent-noise}, of the shape of {@code wplus} and drawn from a standard normal distribution,
 * changes from step to step.
 *
 * @param noises names of the noise maps with their shapes for one image
 */
public record ProjectionGraph(Graph graph, OptimisationPlan plan, Map<String, Shape> noises) {
    public static final String LATENT_NOISE = "latent-noise";

    /** @param standardDeviationOfW root of the mean squared distance of w from its mean, over all dimensions together */
    public static ProjectionGraph build(
            InversionGraph.Networks networks, ProjectionSettings settings, double standardDeviationOfW, int batch) {
        Graph graph = new Graph();
        int layers = networks.generator().styles();
        int width = networks.generator().wDimension();
        int rows = settings.perLayer() ? layers : 1;
        Value w = graph.input(InversionGraph.WPLUS, batch, rows, width);
        Value draw = graph.input(LATENT_NOISE, batch, rows, width);
        Value target = graph.input(
                InversionGraph.TARGET,
                batch,
                3,
                networks.layout().targetHeight(),
                networks.layout().targetWidth());
        Map<String, Shape> noises = noises(networks, settings);
        List<Value> noiseMaps = new ArrayList<>();
        noises.forEach((name, shape) -> noiseMaps.add(graph.input(name, batch, 1, shape.size(2), shape.size(3))));
        NoiseMode mode = noises.isEmpty() ? networks.noiseMode() : NoiseMode.RANDOM;
        Value seen = w.add(draw.multiply(scale(graph, settings, standardDeviationOfW)));
        Value image = networks.generator()
                .in(graph, mode)
                .synthesis(seen.expand(Shape.of(batch, layers, width)), BlockHook.NONE);
        Value compared = ImageFormation.reduced(image, networks.layout());

        Value mse = compared.subtract(target).square().mean(1, 2, 3).reshape(batch);
        Value lpips = new Lpips(graph, networks.perceptual())
                .distance(compared, target)
                .reshape(batch);
        Value prior = networks.prior().distance(graph, w).reshape(batch);
        Value correlation = noiseMaps.stream()
                .map(NoiseRegulariser::of)
                .reduce(Value::add)
                .orElseGet(() -> graph.constant(0).expand(mse.shape()));
        Value total = lpips.multiply(settings.lpips())
                .add(mse.multiply(settings.mse()))
                .add(prior.multiply(settings.gaussianPrior()))
                .add(correlation.multiply(settings.noiseRegulariser()));
        Value none = mse.multiply(0);
        return new ProjectionGraph(
                graph,
                new OptimisationPlan(
                        total,
                        List.of(total, mse, lpips, prior, none, none),
                        List.of(
                                new VariableGroup(List.of(InversionGraph.WPLUS), settings.schedule(), Adam.STANDARD),
                                new VariableGroup(
                                        List.copyOf(noises.keySet()),
                                        settings.schedule(),
                                        Adam.STANDARD,
                                        NoiseRegulariser::normalised)),
                        Set.of(LATENT_NOISE)),
                noises);
    }

    /** The noise maps that are variables. */
    public static Map<String, Shape> noises(InversionGraph.Networks networks, ProjectionSettings settings) {
        return settings.optimiseNoise() && networks.noiseMode() != NoiseMode.NONE
                ? new LinkedHashMap<>(networks.generator().noiseInputs())
                : Map.of();
    }

    /** The strength of the noise on the style vectors in this step. */
    private static Value scale(Graph graph, ProjectionSettings settings, double standardDeviationOfW) {
        Value t = OptimisationPlan.step(graph).divide(OptimisationPlan.stepsInAll(graph));
        Value left =
                t.like(1).subtract(t.multiply(1 / settings.latentNoiseUntil())).maximum(t.like(0));
        return left.square()
                .multiply(standardDeviationOfW * settings.latentNoise())
                .cast(ElementType.FLOAT32)
                .reshape(1, 1, 1);
    }
}
