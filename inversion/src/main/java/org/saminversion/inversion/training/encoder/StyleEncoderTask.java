package org.saminversion.inversion.training.encoder;

import java.util.HashMap;
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
 * Trains a {@link CompactEncoder}. Half of what it sees are images that the generator makes, whose style vectors are known and shall
 * be found; the others are photographs, whose renderings shall look like them: mean squared error, and LPIPS at half the size, which
 * costs a quarter.
 */
final class StyleEncoderTask implements TrainingTask {
    private static final int GENERATED = 16;
    private static final int REAL = 8;
    private static final int JUDGES = 32;
    private static final int CHANNELS = 32;
    private static final double CODE_WEIGHT = 0.3;
    private static final double MSE_WEIGHT = 2;
    private static final double GRADIENT_NORM_MAX = 1;
    private static final double LEARNING_RATE = 2e-3;
    private static final String IMAGE = "image";
    private static final String FIRST_Z = "z.first";
    private static final String SECOND_Z = "z.second";
    private static final String MIX = "mix";

    private final BundleNetworks read;
    private final InversionGraph.Networks networks;
    private final ImageBatches real;
    private final Tensor judges;
    private final long seed;
    private final RuntimeOptions runtime;
    private final TrainedParameters parameters;
    private final OptimisationLoop loop;
    private final Map<String, Tensor> initial;

    /** @param images at the bundle's target size, square as its generator's */
    StyleEncoderTask(BundleNetworks read, List<RgbImage> images, Split split, long seed, RuntimeOptions runtime) {
        this.read = read;
        this.networks = read.networks();
        this.real = new ImageBatches(images, new SampleOrder(split.training(), seed), REAL);
        List<RgbImage> validation =
                split.validation().stream().limit(JUDGES).map(images::get).toList();
        this.judges = ImageBatches.of(validation, validation.size());
        this.seed = seed;
        this.runtime = runtime;
        this.initial = CompactEncoder.initial(
                networks.layout().targetHeight(), 1, styles(), width(), CHANNELS, new SplittableRandom(seed));
        Graph graph = new Graph();
        this.parameters = new TrainedParameters(graph);
        this.loop = OptimisationLoop.compile(graph, plan(graph), runtime);
    }

    private int styles() {
        return networks.generator().styles();
    }

    private int width() {
        return networks.generator().wDimension();
    }

    private OptimisationPlan plan(Graph graph) {
        Layers layers = Layers.trained(graph, new NamedTensors("compact", initial), parameters);
        StyleGan2 generator = new StyleGan2(graph, networks.styleGan2(), networks.noiseMode());
        Value wanted = generatedCodes(graph, generator);
        Value made = compared(generator, wanted);
        Value photographs = graph.input(
                IMAGE,
                REAL,
                3,
                networks.layout().targetHeight(),
                networks.layout().targetWidth());
        Value codes = new CompactEncoder(layers).codes(Value.concatenate(0, made, photographs), styles());
        Value mean = graph.constant("mean of W", read.meanOfW());
        double variance = read.standardDeviationOfW() * read.standardDeviationOfW() / width();
        Value code = codes.slice(0, 0, GENERATED)
                .add(mean)
                .subtract(wanted)
                .square()
                .mean()
                .multiply(1 / variance)
                .reshape(1);
        Value rendered =
                compared(generator, codes.slice(0, GENERATED, GENERATED + REAL).add(mean));
        Value mse = rendered.subtract(photographs).square().mean().reshape(1);
        Value lpips = new Lpips(graph, networks.perceptual())
                .distance(rendered.blockMean(2), photographs.blockMean(2))
                .mean()
                .reshape(1);
        Value total = code.multiply(CODE_WEIGHT).add(mse.multiply(MSE_WEIGHT)).add(lpips);
        VariableGroup group = new VariableGroup(
                parameters.variables(), new LearningRateSchedule(LEARNING_RATE, 0.5, 0.02), Adam.STANDARD);
        return new OptimisationPlan(
                        total, List.of(total, code, mse, lpips), List.of(group), Set.of(IMAGE, FIRST_Z, SECOND_Z, MIX))
                .withGradientNormMax(GRADIENT_NORM_MAX);
    }

    /** Style vectors of one sample up to a random layer, of another from there on: [GENERATED,L,w_dim]. */
    private Value generatedCodes(Graph graph, StyleGan2 generator) {
        int z = networks.styleGan2().zDimension();
        Value first = generator.mapping(graph.input(FIRST_Z, GENERATED, z)).reshape(GENERATED, 1, width());
        Value second = generator.mapping(graph.input(SECOND_Z, GENERATED, z)).reshape(GENERATED, 1, width());
        Value mix = graph.input(MIX, GENERATED, styles(), 1);
        return first.add(second.subtract(first).multiply(mix));
    }

    private Value compared(StyleGan2 generator, Value codes) {
        return ImageFormation.asCompared(
                generator.synthesis(codes, BlockHook.NONE), networks.layout(), networks.clampGradient());
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
        return GENERATED + REAL;
    }

    @Override
    public Map<String, Tensor> batches(int firstStep, int steps) {
        int z = networks.styleGan2().zDimension();
        float[] first = new float[steps * GENERATED * z];
        float[] second = new float[first.length];
        float[] mix = new float[steps * GENERATED * styles()];
        for (int i = 0; i < steps * GENERATED; i++) {
            SplittableRandom random = new SplittableRandom(seed * 31 + (long) firstStep * GENERATED + i);
            for (int k = 0; k < z; k++) {
                first[i * z + k] = (float) random.nextGaussian();
                second[i * z + k] = (float) random.nextGaussian();
            }
            int crossover = random.nextInt(2 * styles());
            for (int layer = 0; layer < styles(); layer++) {
                mix[i * styles() + layer] = layer >= crossover ? 1 : 0;
            }
        }
        Map<String, Tensor> batches = new HashMap<>();
        batches.put(IMAGE, real.flipped(firstStep, steps));
        batches.put(FIRST_Z, Tensor.of(Shape.of(steps, GENERATED, z), first));
        batches.put(SECOND_Z, Tensor.of(Shape.of(steps, GENERATED, z), second));
        batches.put(MIX, Tensor.of(Shape.of(steps, GENERATED, styles(), 1), mix));
        return batches;
    }

    /** Mean squared error and LPIPS of photographs that the encoder was not trained on. */
    @Override
    public double validationLoss(Map<String, Tensor> values) {
        Graph graph = new Graph();
        Value image = graph.input(IMAGE, judges.shape().toArray());
        NamedTensors tensors = new NamedTensors("compact", TrainedParameters.byName(values));
        Value codes = new CompactEncoder(graph, tensors)
                .codes(image, styles())
                .add(graph.constant("mean of W", read.meanOfW()));
        Value rendered = compared(new StyleGan2(graph, networks.styleGan2(), networks.noiseMode()), codes);
        Value mse = rendered.subtract(image).square().mean();
        Value lpips = new Lpips(graph, networks.perceptual())
                .distance(rendered, image)
                .mean();
        Value loss = mse.reshape(1).add(lpips.reshape(1));
        try (Program program = Program.compile(graph, Map.of("loss", loss), runtime)) {
            return program.run(Map.of(IMAGE, judges)).get("loss").toDoubles()[0];
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
