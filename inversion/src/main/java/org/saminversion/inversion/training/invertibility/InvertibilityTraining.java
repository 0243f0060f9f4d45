package org.saminversion.inversion.training.invertibility;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.InvertibilityDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.BundlePerceptual;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.training.Split;
import org.saminversion.inversion.training.Training;
import org.saminversion.inversion.training.TrainingListener;
import org.saminversion.inversion.training.TrainingSettings;

/**
 * The second step of learning invertibility: fits a network to the errors and puts it into the bundle. That is a compact one of our
 * own, but a bundle that has the paper's network gets that trained further.
 */
public final class InvertibilityTraining {
    /** The network's file in a bundle. */
    public static final String FILE = "invertibility.safetensors";

    private static final int SAMPLES_MIN = 10;
    private static final double VALIDATION_SHARE = 0.1;

    private final ModelBundle bundle;
    private final long seed;
    private final RuntimeOptions runtime;

    public InvertibilityTraining(ModelBundle bundle, long seed, RuntimeOptions runtime) {
        this.bundle = bundle;
        this.seed = seed;
        this.runtime = runtime;
    }

    /**
     * Trains in a folder, from which the same call goes on after a stop. A tenth of the samples only judge.
     *
     * @return the bundle with the network
     * @throws JobFailure.Rejected if there are too few samples
     * @throws JobFailure.Poisoned if the loss is no number any more
     * @throws JobFailure.Transient if the disk is full
     */
    public ModelBundle run(
            ErrorSamples samples,
            TrainingSettings settings,
            Path folder,
            InstantSource clock,
            TrainingListener listener) {
        if (samples.size() < SAMPLES_MIN) {
            throw new JobFailure.Rejected(
                    "training-images",
                    "there are " + samples.size() + " readable images, and at least " + SAMPLES_MIN + " are needed");
        }
        Split split = Split.of(samples.pictures(), VALIDATION_SHARE, seed);
        ErrorSamples training = samples.subset(split.training());
        ErrorSamples validation = samples.subset(split.validation());
        InvertibilityDescription trained;
        try (InvertibilityTask task = task(training, validation)) {
            Map<String, Tensor> best = new Training(task, settings, folder, clock, listener).run();
            Map<String, Tensor> tensors = task.finished(best, training);
            String file = present().map(InvertibilityDescription::file).orElse(FILE);
            boolean compact = task.kind() == InvertibilityDescription.Kind.COMPACT;
            SafetensorsFile.of(tensors, Map.of())
                    .withHalfPrecision(compact ? tensors.keySet() : Set.of())
                    .write(bundle.folder().resolve(file));
            double correlation;
            try (InvertibilityTask.Predictor predictor = task.predictor(best)) {
                correlation = Calibration.correlation(
                        validation, bundle.description().candidates(), i -> predictor.of(validation, i));
            }
            trained = new InvertibilityDescription(
                    task.kind(), file, OptionalDouble.of(Math.round(1000 * correlation) / 1000.0));
        }
        return BundleWriter.write(bundle.folder(), bundle.description().withInvertibility(trained));
    }

    /** The paper's network, if the bundle has it. */
    private Optional<InvertibilityDescription> present() {
        return bundle.description()
                .invertibility()
                .filter(network -> network.kind() == InvertibilityDescription.Kind.DEEPLAB);
    }

    private InvertibilityTask task(ErrorSamples training, ErrorSamples validation) {
        List<LatentSpace> candidates = bundle.description().candidates();
        return present()
                .<InvertibilityTask>map(network -> new DeepLabTask(
                        new NamedTensors(
                                "DeepLab",
                                SafetensorsFile.read(bundle.file(network.file()))
                                        .tensors()),
                        training,
                        validation,
                        candidates,
                        seed,
                        runtime))
                .orElseGet(() -> new CompactTask(
                        training, validation, candidates, BundlePerceptual.read(bundle), seed, runtime));
    }
}
