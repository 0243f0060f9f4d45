package org.saminversion.inversion.training.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.EncoderQuality;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.engine.EngineOptions;
import org.saminversion.inversion.engine.InversionRun;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.ProgressListener;
import org.saminversion.inversion.engine.Quality;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.inversion.method.MethodDescription;

/** Inverts photographs with nothing but an encoder, and compares. */
final class EncoderEvaluation {
    private static final int PHOTOGRAPHS_MAX = 32;

    private EncoderEvaluation() {}

    /**
     * How good an encoder of the bundle is, by its own method.
     *
     * @param photographs that it was not trained on; the first 32 are taken
     * @return empty for deltas without a network that predicts their masks: measuring those would take longer than the training
     */
    static Optional<EncoderQuality> of(
            ModelBundle bundle, EncoderDescription.Kind kind, List<RgbImage> photographs, EngineOptions options) {
        boolean deltas = kind == EncoderDescription.Kind.DELTAS;
        if (deltas && bundle.description().invertibility().isEmpty()) {
            return Optional.empty();
        }
        InversionSettings settings = settings(bundle.description(), kind);
        List<Quality> qualities = new ArrayList<>();
        // Deltas need the other encoders; beside others, the method of one pass might take another one.
        try (SamEngine engine = SamEngine.open(deltas ? bundle : withOnly(bundle, kind), options)) {
            for (RgbImage photograph : photographs.subList(0, Math.min(PHOTOGRAPHS_MAX, photographs.size()))) {
                qualities.add(quality(engine, photograph, settings));
            }
        }
        return Optional.of(new EncoderQuality(
                rounded(qualities.stream()
                        .mapToDouble(Quality::psnrDecibel)
                        .average()
                        .orElseThrow()),
                rounded(qualities.stream().mapToDouble(Quality::lpips).average().orElseThrow()),
                qualities.size()));
    }

    private static InversionSettings settings(BundleDescription bundle, EncoderDescription.Kind kind) {
        MethodDescription method = InversionMethods.of(bundle).stream()
                .filter(each -> each.encoders().contains(kind) && (each.isOnePass() || kind.isIterative()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no method uses encoders of kind " + kind.label()));
        return new InversionSettings(method.name(), bundle.defaultTau(), method.usualSteps(bundle), 0);
    }

    private static ModelBundle withOnly(ModelBundle bundle, EncoderDescription.Kind kind) {
        BundleDescription description = bundle.description();
        return new ModelBundle(
                bundle.folder(),
                description.withEncoders(List.of(description.encoder(kind).orElseThrow())),
                bundle.hashes());
    }

    private static Quality quality(SamEngine engine, RgbImage photograph, InversionSettings settings) {
        Optional<InvertibilityMap> map = engine.method(settings).needsMap()
                ? Optional.of(engine.measureInvertibility(photograph, settings, ProgressListener.SILENT))
                : Optional.empty();
        try (InversionRun run = engine.start(photograph, settings, map)) {
            run.advance(run.steps());
            return engine.quality(photograph, engine.render(run.latents()));
        }
    }

    private static double rounded(double value) {
        return Math.round(1000 * value) / 1000.0;
    }
}
