package org.saminversion.inversion.training.encoder;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
import org.saminversion.inversion.method.DeltaEncoding;
import org.saminversion.inversion.method.ImageFormation;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.network.ImageGenerator;
import org.saminversion.inversion.network.Lpips;
import org.saminversion.inversion.network.encoder.CompactEncoder;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.layer.TrainedParameters;
import org.saminversion.inversion.objective.LossWeights;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.training.Augmentation;
import org.saminversion.inversion.training.ImageBatches;
import org.saminversion.inversion.training.SampleOrder;
import org.saminversion.inversion.training.Split;
import org.saminversion.inversion.training.TrainingTask;

/**
 * Trains the encoders of the feature spaces after the style vectors of a {@link CompactEncoder}, which stays as it is, with the
 * generator: on photographs, under drawn masks. The loss is that of the paper (mean squared error, LPIPS, and the size of the deltas);
 * LPIPS at half the size, which costs a quarter. The squared error weighs so much because it is a hundredth of the LPIPS of a trunk
 * without learned heads, and would not be learned otherwise. The size weighs as in an inversion: what a delta is larger than it need
 * be changes no pixel, and an optimisation that starts there takes hundreds of steps to undo it.
 */
final class DeltaEncoderTask implements TrainingTask {
    private static final int BATCH = 8;
    private static final int JUDGES = 32;
    private static final double MSE_WEIGHT = 40;
    private static final double FEATURE_NORM_WEIGHT = LossWeights.RELEASED.featureNorm();
    private static final double GRADIENT_NORM_MAX = 1;
    private static final double LEARNING_RATE = 1e-3;
    private static final String IMAGE = "image";

    private final BundleNetworks read;
    private final InversionGraph.Networks networks;
    private final SortedSet<LatentSpace> spaces;
    private final Map<String, Tensor> styleEncoder;
    private final List<RgbImage> images;
    private final SampleOrder order;
    private final ImageBatches batches;
    private final MaskDraws masks;
    private final Map<String, Tensor> judges;
    private final RuntimeOptions runtime;
    private final TrainedParameters parameters;
    private final OptimisationLoop loop;
    private final Map<String, Tensor> initial;

    /**
     * @param candidates spaces of the bundle
     * @param styleEncoder tensors of the {@link CompactEncoder}
     */
    DeltaEncoderTask(
            BundleNetworks read,
            List<LatentSpace> candidates,
            Map<String, Tensor> styleEncoder,
            List<RgbImage> images,
            Split split,
            MaskDraws masks,
            long seed,
            RuntimeOptions runtime) {
        this.read = read;
        this.networks = read.networks();
        this.spaces = new TreeSet<>(candidates);
        spaces.remove(LatentSpace.W_PLUS);
        this.styleEncoder = styleEncoder;
        this.images = images;
        this.order = new SampleOrder(split.training(), seed);
        this.batches = new ImageBatches(images, order, BATCH);
        this.masks = masks;
        this.judges = judges(split.validation(), seed);
        this.runtime = runtime;
        this.initial = DeltaEncoding.initial(networks, spaces, seed);
        Graph graph = new Graph();
        this.parameters = new TrainedParameters(graph);
        this.loop = OptimisationLoop.compile(graph, plan(graph), runtime);
    }

    private Map<String, Tensor> judges(List<Integer> validation, long seed) {
        List<RgbImage> judging =
                validation.stream().limit(JUDGES).map(images::get).toList();
        List<SortedMap<LatentSpace, Tensor>> drawn = IntStream.range(0, judging.size())
                .mapToObj(i -> masks.draw(judging.get(i), new SplittableRandom(seed + i)))
                .toList();
        Map<String, Tensor> data = new HashMap<>();
        data.put(IMAGE, ImageBatches.of(judging, judging.size()));
        for (LatentSpace space : spaces) {
            int r = space.resolution();
            float[] values = new float[judging.size() * r * r];
            for (int i = 0; i < judging.size(); i++) {
                System.arraycopy(drawn.get(i).get(space).toFloats(), 0, values, i * r * r, r * r);
            }
            data.put(InversionGraph.mask(space), Tensor.of(Shape.of(judging.size(), 1, r, r), values));
        }
        return data;
    }

    private OptimisationPlan plan(Graph graph) {
        Layers layers = Layers.trained(graph, new NamedTensors("deltas", initial), parameters);
        Losses losses = losses(graph, layers, BATCH, 2);
        Value total = losses.total();
        VariableGroup group = new VariableGroup(
                parameters.variables(), new LearningRateSchedule(LEARNING_RATE, 0.5, 0.02), Adam.STANDARD);
        Set<String> perStep = new HashSet<>(Set.of(IMAGE));
        spaces.forEach(space -> perStep.add(InversionGraph.mask(space)));
        return new OptimisationPlan(
                        total,
                        List.of(total, losses.mse(), losses.lpips(), losses.featureNorm()),
                        List.of(group),
                        perStep)
                .withGradientNormMax(GRADIENT_NORM_MAX);
    }

    private record Losses(Value mse, Value lpips, Value featureNorm) {
        Value total() {
            return mse.multiply(MSE_WEIGHT).add(lpips).add(featureNorm.multiply(FEATURE_NORM_WEIGHT));
        }
    }

    /** @param lpipsReduction 2 compares at half the size */
    private Losses losses(Graph graph, Layers layers, int batch, int lpipsReduction) {
        int side = networks.layout().targetHeight();
        Value photograph = graph.input(IMAGE, batch, 3, side, side);
        SortedMap<LatentSpace, Value> given = new TreeMap<>();
        for (LatentSpace space : spaces) {
            int r = space.resolution();
            given.put(space, graph.input(InversionGraph.mask(space), batch, 1, r, r));
        }
        Value wplus = new CompactEncoder(graph, new NamedTensors("compact", styleEncoder))
                .codes(photograph, networks.generator().styles())
                .add(graph.constant("mean of W", read.meanOfW()));
        ImageGenerator generator = networks.generator().in(graph, networks.noiseMode());
        DeltaEncoding encoding = new DeltaEncoding(networks, generator, layers);
        Map<LatentSpace, Value> deltas = encoding.deltas(photograph, wplus, given);
        Value rendered = encoding.rendering(wplus, new ImageFormation(deltas, given));
        Value mse = rendered.subtract(photograph).square().mean().reshape(1);
        Value lpips = new Lpips(graph, networks.perceptual())
                .distance(rendered.blockMean(lpipsReduction), photograph.blockMean(lpipsReduction))
                .mean()
                .reshape(1);
        Value norm = deltas.entrySet().stream()
                .map(delta -> delta.getValue()
                        .square()
                        .multiply(given.get(delta.getKey()))
                        .mean()
                        .reshape(1))
                .reduce(Value::add)
                .orElseThrow();
        return new Losses(mse, lpips, norm);
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
        Map<String, Tensor> made = new HashMap<>();
        made.put(IMAGE, batches.flipped(firstStep, steps));
        Map<LatentSpace, float[]> planes = new HashMap<>();
        spaces.forEach(space -> planes.put(space, new float[steps * BATCH * space.resolution() * space.resolution()]));
        for (int i = 0; i < steps * BATCH; i++) {
            long number = (long) firstStep * BATCH + i;
            SplittableRandom random = order.draws(number);
            // The first draw is the flip of the image, which its masks follow.
            Augmentation flip = Augmentation.flip(random);
            SortedMap<LatentSpace, Tensor> drawn = masks.draw(images.get(order.at(number)), random);
            for (LatentSpace space : spaces) {
                int r = space.resolution();
                System.arraycopy(flip.apply(drawn.get(space).toFloats(), r, r), 0, planes.get(space), i * r * r, r * r);
            }
        }
        planes.forEach((space, values) -> made.put(
                InversionGraph.mask(space),
                Tensor.of(Shape.of(steps, BATCH, 1, space.resolution(), space.resolution()), values)));
        return made;
    }

    /** The loss on photographs that were not trained on, with LPIPS at full size. */
    @Override
    public double validationLoss(Map<String, Tensor> values) {
        Graph graph = new Graph();
        Layers layers = new Layers(graph, new NamedTensors("deltas", TrainedParameters.byName(values)));
        Losses losses = losses(graph, layers, judges.get(IMAGE).shape().size(0), 1);
        try (Program program = Program.compile(graph, Map.of("loss", losses.total()), runtime)) {
            return program.run(judges).get("loss").toDoubles()[0];
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
