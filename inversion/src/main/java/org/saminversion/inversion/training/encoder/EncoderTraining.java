package org.saminversion.inversion.training.encoder;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.EncoderQuality;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.BundleNetworks;
import org.saminversion.inversion.engine.EngineOptions;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.MaskResampling;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.inversion.network.encoder.CompactEncoder;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.layer.TrainedParameters;
import org.saminversion.inversion.objective.Formulation;
import org.saminversion.inversion.training.Split;
import org.saminversion.inversion.training.Training;
import org.saminversion.inversion.training.TrainingListener;
import org.saminversion.inversion.training.TrainingSettings;
import org.saminversion.inversion.training.TrainingTask;

/** Trains an encoder for a bundle, and makes it a part of the bundle. */
public final class EncoderTraining {
    /** Share of the images that judge. */
    private static final double VALIDATION_SHARE = 0.05;
    /** Of ReStyle, as in its release (spec baselines.md section 9). */
    private static final int PASSES = 5;

    private final ModelBundle bundle;
    private final EngineOptions options;
    private final long seed;

    /** @param seed of the untrained weights, the order of the images and all other draws */
    public EncoderTraining(ModelBundle bundle, EngineOptions options, long seed) {
        this.bundle = bundle;
        this.options = options;
        this.seed = seed;
    }

    /**
     * Trains, or goes on where a training in that folder was stopped, and writes the weights into the bundle, with how good they are
     * on the images that only judge.
     *
     * @param images at the target size of the bundle's layout
     * @param folder of checkpoints and the log
     * @return the bundle with the encoder
     * @throws JobFailure.Rejected of kind {@code training-layout} if the compact encoder cannot see such pictures
     */
    public ModelBundle run(
            TrainedKind kind,
            List<RgbImage> images,
            TrainingSettings settings,
            Path folder,
            InstantSource clock,
            TrainingListener listener) {
        requireSquare();
        BundleNetworks read = BundleNetworks.read(bundle, options);
        Split split = Split.of(images, VALIDATION_SHARE, seed);
        Map<String, Tensor> best;
        try (SamEngine engine = SamEngine.open(bundle, options);
                TrainingTask task = switch (kind) {
                    case E4E -> new StyleEncoderTask(read, images, split, seed, options.runtime());
                    case PSP -> new ReconstructionTask(read, 1, images, split, seed, options.runtime());
                    case RESTYLE -> new ReconstructionTask(read, PASSES, images, split, seed, options.runtime());
                    case SAM ->
                        new DeltaEncoderTask(
                                read,
                                bundle.description().candidates(),
                                styleEncoder(),
                                images,
                                split,
                                masks(engine),
                                seed,
                                options.runtime());
                }) {
            best = new Training(task, settings, folder, clock, listener).run();
        }
        ModelBundle trained = addToBundle(kind.written(), TrainedParameters.byName(best));
        return EncoderEvaluation.of(
                        trained,
                        kind.written(),
                        split.validation().stream().map(images::get).toList(),
                        options)
                .map(quality -> withQuality(trained, kind.written(), quality))
                .orElse(trained);
    }

    private static ModelBundle withQuality(ModelBundle bundle, EncoderDescription.Kind kind, EncoderQuality quality) {
        BundleDescription description = bundle.description();
        return BundleWriter.write(
                bundle.folder(),
                description.withEncoders(description.encoders().stream()
                        .map(encoder -> encoder.kind() == kind ? encoder.withQuality(quality) : encoder)
                        .toList()));
    }

    /** Those that the invertibility network predicts, if the bundle has one. */
    private MaskDraws masks(SamEngine engine) {
        MaskResampling resampling =
                options.formulation() == Formulation.PAPER ? MaskResampling.BILINEAR : MaskResampling.LANCZOS;
        RandomMasks random = new RandomMasks(
                engine::segment,
                bundle.description().layout(),
                bundle.description().candidates(),
                resampling);
        return bundle.description().invertibility().isPresent()
                ? new PredictedMasks(engine, resampling, random)
                : random;
    }

    /** The encoder that the method {@code sam-encoder} takes style vectors from. */
    private Map<String, Tensor> styleEncoder() {
        EncoderDescription first = InversionMethods.onePassEncoders().stream()
                .map(bundle.description()::encoder)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new JobFailure.Rejected(
                        "training-order",
                        "deltas are trained after style vectors, and the bundle " + bundle.name()
                                + " has no encoder of them yet: train one with --kind e4e first"));
        NamedTensors tensors = new NamedTensors(
                first.kind().label(),
                SafetensorsFile.read(bundle.file(first.file())).tensors());
        if (!CompactEncoder.isMadeOf(tensors)) {
            throw new JobFailure.Rejected(
                    "training-order",
                    "deltas are trained after an encoder that sam train made, and the bundle " + bundle.name()
                            + " takes its style vectors from an imported one of kind "
                            + first.kind().label() + ": train in a copy of the bundle without it");
        }
        return tensors.tensors();
    }

    private void requireSquare() {
        ImageLayout layout = bundle.description().layout();
        int side = layout.targetWidth();
        if (side != layout.targetHeight() || Integer.bitCount(side) != 1 || side < 16) {
            throw new JobFailure.Rejected(
                    "training-layout",
                    "the compact encoder sees square pictures of a power of two from 16 pixels on, and this bundle"
                            + " compares " + side + " x " + layout.targetHeight() + " pixels");
        }
    }

    private ModelBundle addToBundle(EncoderDescription.Kind kind, Map<String, Tensor> weights) {
        String file = "encoder-" + kind.label() + ".safetensors";
        SafetensorsFile.of(weights, Map.of("seed", Long.toString(seed)))
                .withHalfPrecision(weights.keySet())
                .write(bundle.folder().resolve(file));
        BundleDescription description = bundle.description();
        List<EncoderDescription> encoders = new ArrayList<>(description.encoders());
        encoders.removeIf(encoder -> encoder.kind() == kind);
        encoders.add(new EncoderDescription(
                kind,
                file,
                description.layout().targetWidth(),
                description.layout().targetHeight()));
        return BundleWriter.write(bundle.folder(), description.withEncoders(encoders));
    }
}
