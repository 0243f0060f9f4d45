package org.saminversion.inversion.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.saminversion.graph.Graph;
import org.saminversion.graph.LearningRateSchedule;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.edit.EditComposition;
import org.saminversion.inversion.edit.RgbSkip;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.method.Descent;
import org.saminversion.inversion.method.ImageFormation;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.ProjectionGraph;
import org.saminversion.inversion.method.ProjectionSettings;
import org.saminversion.inversion.method.TuningGraph;
import org.saminversion.inversion.method.TuningSettings;
import org.saminversion.inversion.network.ImageGenerator;
import org.saminversion.inversion.network.Lpips;
import org.saminversion.inversion.network.StyleChannels;
import org.saminversion.inversion.objective.LossWeights;
import org.saminversion.inversion.space.LatentSpace;

/**
 * The compiled programs of an engine, each made on first use and kept. All of them take every feature space of the bundle; a space
 * that a job does not use has a mask of zeros, so one program serves every method.
 */
final class EnginePrograms implements AutoCloseable {
    static final String IMAGE = "image";
    static final String EDITED = "edited";
    static final String STYLE_OFFSETS = "style-offsets";
    static final String DISTANCE = "distance";
    static final String ERRORS = "errors";
    static final String SECOND = "second";

    private final BundleNetworks read;
    private final InversionGraph.Networks networks;
    private final SortedSet<LatentSpace> spaces;
    private final RgbSkip rgbSkip;
    private final RuntimeOptions runtime;
    private final Map<Object, AutoCloseable> compiled = new ConcurrentHashMap<>();

    private record Optimisation(SortedSet<LatentSpace> spaces, int batch, Descent descent, LossWeights weights) {}

    private record Projection(int batch, ProjectionSettings settings) {}

    private record Tuning(TuningSettings settings) {}

    private record Rendering() {}

    private record Editing(boolean inStyleSpace) {}

    private record Comparing(int batch) {}

    private record Sampling() {}

    EnginePrograms(BundleNetworks read, SortedSet<LatentSpace> spaces, RgbSkip rgbSkip, RuntimeOptions runtime) {
        this.read = read;
        this.networks = read.networks();
        this.spaces = spaces;
        this.rgbSkip = rgbSkip;
        this.runtime = runtime;
    }

    /** Variables and data as in {@link InversionGraph}. */
    OptimisationLoop optimisation(int batch, LearningRateSchedule schedule, LossWeights weights) {
        return optimisation(new Optimisation(spaces, batch, new Descent(schedule, 0), weights));
    }

    /** The same for style vectors alone: without deltas and masks. */
    OptimisationLoop styleOptimisation(int batch, LearningRateSchedule schedule, LossWeights weights) {
        return optimisation(new Optimisation(Collections.emptySortedSet(), batch, new Descent(schedule, 0), weights));
    }

    /** The same for style vectors and the deltas of some spaces, by any descent. */
    OptimisationLoop optimisation(SortedSet<LatentSpace> some, int batch, Descent descent, LossWeights weights) {
        return optimisation(new Optimisation(some, batch, descent, weights));
    }

    private OptimisationLoop optimisation(Optimisation of) {
        return kept(OptimisationLoop.class, of, () -> {
            InversionGraph graph = InversionGraph.build(networks, of.spaces(), of.batch(), of.weights());
            return OptimisationLoop.compile(
                    graph.graph(),
                    of.descent()
                            .plan(graph.objective().total(), graph.objective().reports(), graph.variables()),
                    runtime);
        });
    }

    /** Variables and data as in {@link ProjectionGraph}. */
    OptimisationLoop projection(int batch, ProjectionSettings settings) {
        return kept(OptimisationLoop.class, new Projection(batch, settings), () -> {
            ProjectionGraph graph = ProjectionGraph.build(networks, settings, read.standardDeviationOfW(), batch);
            return OptimisationLoop.compile(graph.graph(), graph.plan(), runtime);
        });
    }

    /** Variables and data as in {@link TuningGraph}. */
    OptimisationLoop tuning(TuningSettings settings) {
        return kept(OptimisationLoop.class, new Tuning(settings), () -> {
            TuningGraph graph = TuningGraph.build(networks, read.tuningPerceptual(), settings);
            return OptimisationLoop.compile(graph.graph(), graph.plan(), runtime);
        });
    }

    /** Programs with the same choices for other networks. */
    EnginePrograms with(BundleNetworks others) {
        return new EnginePrograms(others, spaces, rgbSkip, runtime);
    }

    /** Latents to {@link #IMAGE} [1,3,R,R]. */
    Program rendering() {
        return kept(Program.class, new Rendering(), () -> {
            Graph graph = new Graph();
            Value wplus = wplus(graph, InversionGraph.WPLUS);
            Value image = formation(graph).image(generator(graph), wplus);
            return Program.compile(graph, Map.of(IMAGE, image), runtime);
        });
    }

    /** Latents and {@link #EDITED} style vectors to {@link #IMAGE} [1,3,R,R]. */
    Program editing() {
        return kept(Program.class, new Editing(false), () -> {
            Graph graph = new Graph();
            Value wplus = wplus(graph, InversionGraph.WPLUS);
            Value image = composition(graph).image(wplus, wplus(graph, EDITED));
            return Program.compile(graph, Map.of(IMAGE, image), runtime);
        });
    }

    /** The same with {@link #STYLE_OFFSETS}, as {@link StyleChannels} has them, for the edited path. */
    Program editingInStyleSpace() {
        return kept(Program.class, new Editing(true), () -> {
            Graph graph = new Graph();
            Value wplus = wplus(graph, InversionGraph.WPLUS);
            StyleChannels channels = networks.generator().styleChannels();
            Value offsets = graph.input(STYLE_OFFSETS, channels.shape(1).toArray());
            Value image = composition(graph)
                    .image(wplus, wplus(graph, EDITED), (style, scales) -> scales.add(channels.row(offsets, style)));
            return Program.compile(graph, Map.of(IMAGE, image), runtime);
        });
    }

    private EditComposition composition(Graph graph) {
        return new EditComposition(generator(graph), formation(graph), rgbSkip);
    }

    /** Two batches of compared images to {@link #DISTANCE} [N,1,1,1] and {@link #ERRORS} [N,1,h,w]. */
    Program comparing(int batch) {
        return kept(Program.class, new Comparing(batch), () -> {
            Graph graph = new Graph();
            int height = networks.layout().targetHeight();
            int width = networks.layout().targetWidth();
            Value first = graph.input(InversionGraph.TARGET, batch, 3, height, width);
            Value second = graph.input(SECOND, batch, 3, height, width);
            Lpips lpips = new Lpips(graph, networks.perceptual());
            Map<String, Value> outputs = new LinkedHashMap<>();
            outputs.put(DISTANCE, lpips.distance(first, second));
            outputs.put(ERRORS, lpips.spatial(first, second));
            return Program.compile(graph, outputs, runtime);
        });
    }

    /** The LPIPS error of each pixel of reconstructions, [height*width] for each. @param target [1,3,h,w] */
    SortedMap<LatentSpace, float[]> errors(Tensor target, SortedMap<LatentSpace, RgbImage> reconstructions) {
        Tensor all = comparing(reconstructions.size())
                .run(Map.of(
                        InversionGraph.TARGET,
                        TensorBatch.of(Collections.nCopies(reconstructions.size(), target)),
                        SECOND,
                        TensorBatch.of(reconstructions.values().stream()
                                .map(ImageTensors::toTensor)
                                .toList())))
                .get(ERRORS);
        SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
        for (LatentSpace space : reconstructions.keySet()) {
            errors.put(space, TensorBatch.item(all, errors.size()).toFloats());
        }
        return errors;
    }

    /** Draws one style vector at a time. */
    StyleSampler sampler() {
        return kept(StyleSampler.class, new Sampling(), () -> StyleSampler.of(networks.generator(), 1, runtime));
    }

    private Value wplus(Graph graph, String name) {
        return graph.input(
                name, 1, networks.generator().styles(), networks.generator().wDimension());
    }

    private ImageGenerator generator(Graph graph) {
        return networks.generator().in(graph, networks.noiseMode());
    }

    private ImageFormation formation(Graph graph) {
        Map<LatentSpace, Value> deltas = new LinkedHashMap<>();
        Map<LatentSpace, Value> masks = new LinkedHashMap<>();
        for (LatentSpace space : spaces) {
            int r = space.resolution();
            deltas.put(
                    space,
                    graph.input(
                            InversionGraph.delta(space), 1, networks.generator().channels(r), r, r));
            masks.put(space, graph.input(InversionGraph.mask(space), 1, 1, r, r));
        }
        return new ImageFormation(deltas, masks);
    }

    private <P extends AutoCloseable> P kept(Class<P> type, Object key, Supplier<P> compile) {
        return type.cast(compiled.computeIfAbsent(key, k -> compile.get()));
    }

    @Override
    public void close() {
        for (AutoCloseable program : compiled.values()) {
            if (program instanceof Program p) {
                p.close();
            } else if (program instanceof OptimisationLoop loop) {
                loop.close();
            } else if (program instanceof StyleSampler sampler) {
                sampler.close();
            }
        }
        compiled.clear();
    }
}
