package org.saminversion.inversion.training.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.saminversion.graph.Adam;
import org.saminversion.graph.Graph;
import org.saminversion.graph.LearningRateSchedule;
import org.saminversion.graph.OptimisationLoop;
import org.saminversion.graph.OptimisationPlan;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.graph.VariableGroup;
import org.saminversion.inversion.engine.BundleNetworks;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.method.ImageFormation;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.Lpips;
import org.saminversion.inversion.network.StyleGan2;
import org.saminversion.inversion.network.encoder.CompactEncoder;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.layer.TrainedParameters;
import org.saminversion.inversion.training.ImageBatches;
import org.saminversion.inversion.training.SampleOrder;
import org.saminversion.inversion.training.Split;
import org.saminversion.inversion.training.TrainingTask;

/**
 * Trains a {@link CompactEncoder} on photographs alone, whose renderings shall look like them: pSp, and with several passes ReStyle,
 * where each pass sees the rendering of the one before and corrects its codes (spec baselines.md sections 8 and 9). As there, no
 * gradients go from one pass to another, and the losses of all passes count: mean squared error and LPIPS, at half the size in
 * training, which costs a quarter.
 */
final class ReconstructionTask implements TrainingTask {
    private static final int BATCH = 8;
    private static final int JUDGES = 32;
    private static final int CHANNELS = 32;
    private static final double MSE_WEIGHT = 2;
    private static final double GRADIENT_NORM_MAX = 1;
    private static final double LEARNING_RATE = 2e-3;
    private static final String IMAGE = "image";

    private final BundleNetworks read;
    private final InversionGraph.Networks networks;
    private final int passes;
    private final ImageBatches photographs;
    private final Tensor judges;
    private final RuntimeOptions runtime;
    private final Map<String, Tensor> initial;
    private final TrainedParameters parameters;
    private final OptimisationLoop loop;

    private record Loss(Value mse, Value lpips) {
        Value total() {
            return mse.multiply(MSE_WEIGHT).add(lpips);
        }
    }

    /**
     * @param passes 1 for an encoder that sees the photograph only
     * @param images at the bundle's target size, square as its generator's
     */
    ReconstructionTask(
            BundleNetworks read, int passes, List<RgbImage> images, Split split, long seed, RuntimeOptions runtime) {
        this.read = read;
        this.networks = read.networks();
        this.passes = passes;
        this.photographs = new ImageBatches(images, new SampleOrder(split.training(), seed), BATCH);
        List<RgbImage> validation =
                split.validation().stream().limit(JUDGES).map(images::get).toList();
        this.judges = ImageBatches.of(validation, validation.size());
        this.runtime = runtime;
        this.initial = CompactEncoder.initial(
                networks.layout().targetHeight(),
                passes == 1 ? 1 : 2,
                networks.generator().styles(),
                networks.generator().wDimension(),
                CHANNELS,
                new SplittableRandom(seed));
        Graph graph = new Graph();
        this.parameters = new TrainedParameters(graph);
        this.loop = OptimisationLoop.compile(graph, plan(graph), runtime);
    }

    private OptimisationPlan plan(Graph graph) {
        Layers layers = Layers.trained(graph, new NamedTensors("compact", initial), parameters);
        Loss loss = loss(graph, layers, BATCH, 2);
        VariableGroup group = new VariableGroup(
                parameters.variables(), new LearningRateSchedule(LEARNING_RATE, 0.5, 0.02), Adam.STANDARD);
        return new OptimisationPlan(
                        loss.total(), List.of(loss.total(), loss.mse(), loss.lpips()), List.of(group), Set.of(IMAGE))
                .withGradientNormMax(GRADIENT_NORM_MAX);
    }

    /** The mean over the passes. @param lpipsReduction 2 compares at half the size */
    private Loss loss(Graph graph, Layers layers, int batch, int lpipsReduction) {
        int side = networks.layout().targetHeight();
        Value photograph = graph.input(IMAGE, batch, 3, side, side);
        StyleGan2 generator = new StyleGan2(graph, networks.styleGan2(), networks.noiseMode());
        CompactEncoder encoder = new CompactEncoder(layers);
        Lpips lpips = new Lpips(graph, networks.perceptual());
        Value codes = start(graph, batch);
        List<Value> squares = new ArrayList<>();
        List<Value> distances = new ArrayList<>();
        for (int pass = 0; pass < passes; pass++) {
            Value seen = passes == 1
                    ? photograph
                    : Value.concatenate(
                            1,
                            photograph,
                            ImageFormation.reduced(generator.synthesis(codes, BlockHook.NONE), networks.layout())
                                    .detach());
            codes = encoder.codes(seen, networks.generator().styles()).add(codes.detach());
            Value rendered = ImageFormation.asCompared(
                    generator.synthesis(codes, BlockHook.NONE), networks.layout(), networks.clampGradient());
            squares.add(rendered.subtract(photograph).square().mean().reshape(1));
            distances.add(lpips.distance(rendered.blockMean(lpipsReduction), photograph.blockMean(lpipsReduction))
                    .mean()
                    .reshape(1));
        }
        return new Loss(mean(squares), mean(distances));
    }

    private static Value mean(List<Value> ofPasses) {
        return ofPasses.stream().reduce(Value::add).orElseThrow().multiply(1.0 / ofPasses.size());
    }

    /** The mean of W for every style. */
    private Value start(Graph graph, int batch) {
        Shape shape = Shape.of(
                batch, networks.generator().styles(), networks.generator().wDimension());
        return graph.constant("zeros", Tensor.zeros(shape)).add(graph.constant("mean of W", read.meanOfW()));
    }

    @Override
    public OptimisationLoop loop() {
        return loop;
    }

    @Override
    public OptimisationState start() {
        return OptimisationState.start(parameters.start());
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public Map<String, Tensor> batches(int firstStep, int steps) {
        return Map.of(IMAGE, photographs.flipped(firstStep, steps));
    }

    @Override
    public double validationLoss(Map<String, Tensor> values) {
        Graph graph = new Graph();
        Layers layers = new Layers(graph, new NamedTensors("compact", TrainedParameters.byName(values)));
        Loss loss = loss(graph, layers, judges.shape().size(0), 1);
        try (Program program = Program.compile(graph, Map.of("loss", loss.total()), runtime)) {
            return program.run(Map.of(IMAGE, judges)).get("loss").toDoubles()[0];
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
