package org.saminversion.inversion.method;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Value;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.network.GeneratorWeights;
import org.saminversion.inversion.network.ImageGenerator;
import org.saminversion.inversion.network.Lpips;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.PerceptualWeights;
import org.saminversion.inversion.network.StyleGan2Weights;
import org.saminversion.inversion.objective.Formulation;
import org.saminversion.inversion.objective.GaussianPrior;
import org.saminversion.inversion.objective.LossWeights;
import org.saminversion.inversion.objective.Objective;
import org.saminversion.inversion.space.LatentSpace;

/**
 * The forward pass of an optimisation: from the latents of N images to their losses.
 *
 * <p>Inputs of the graph: {@code wplus} [N,L,w_dim] and {@code delta.F4} [N,C,r,r] are the variables; {@code target} [N,3,h,w] in
 * [-1,1] and {@code mask.F4} [N,1,r,r] are data.
 *
 * @param variables names of the inputs that are optimised
 */
public record InversionGraph(Graph graph, List<String> variables, Value image, Objective objective) {
    public static final String WPLUS = "wplus";
    public static final String TARGET = "target";

    /** All that the graph is made from and that does not change from job to job. */
    public record Networks(
            GeneratorWeights generator,
            PerceptualWeights perceptual,
            GaussianPrior prior,
            ImageLayout layout,
            NoiseMode noiseMode,
            Formulation formulation,
            ClampGradient clampGradient) {
        /** The generator of methods that only StyleGAN2 has. @throws JobFailure.Rejected of kind {@code method-unknown} */
        public StyleGan2Weights styleGan2() {
            if (generator instanceof StyleGan2Weights styleGan2) {
                return styleGan2;
            }
            throw new JobFailure.Rejected("method-unknown", "this can only be done with a StyleGAN2 generator");
        }
    }

    /** @param spaces feature spaces with a delta; without any, only W+ is optimised */
    public static InversionGraph build(
            Networks networks, SortedSet<LatentSpace> spaces, int batch, LossWeights weights) {
        Graph graph = new Graph();
        ImageLayout layout = networks.layout();
        Value wplus = graph.input(
                WPLUS,
                batch,
                networks.generator().styles(),
                networks.generator().wDimension());
        Map<LatentSpace, Value> deltas = new LinkedHashMap<>();
        Map<LatentSpace, Value> masks = new LinkedHashMap<>();
        List<String> variables = new ArrayList<>(List.of(WPLUS));
        for (LatentSpace space : spaces) {
            int r = space.resolution();
            deltas.put(
                    space, graph.input(delta(space), batch, networks.generator().channels(r), r, r));
            masks.put(space, graph.input(mask(space), batch, 1, r, r));
            variables.add(delta(space));
        }
        Value target = graph.input(TARGET, batch, 3, layout.targetHeight(), layout.targetWidth());
        ImageGenerator generator = networks.generator().in(graph, networks.noiseMode());
        Value image = new ImageFormation(deltas, masks).image(generator, wplus);
        Objective objective = Objective.of(
                graph,
                new Lpips(graph, networks.perceptual()),
                networks.prior(),
                weights,
                ImageFormation.asCompared(image, layout, networks.clampGradient()),
                target,
                wplus,
                deltas,
                networks.formulation());
        return new InversionGraph(graph, List.copyOf(variables), image, objective);
    }

    public static String delta(LatentSpace space) {
        return "delta." + space;
    }

    public static String mask(LatentSpace space) {
        return "mask." + space;
    }
}
