package org.saminversion.inversion.importing;

import java.util.Optional;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.Fit;

/**
 * What files do not say about a bundle that is made from them.
 *
 * @param name of a new bundle
 * @param category what it depicts; {@code cars} at 512 pixels get the paper's letter-boxed layout
 * @param licence under which the weights may be used
 * @param samples of W to compute statistics from, where no file has them
 * @param seed of those samples
 * @param fit how photographs of another shape fit
 * @param encoder what the encoder is, where its file does not say
 */
public record ImportChoices(
        String name,
        String category,
        String licence,
        int samples,
        long seed,
        Fit fit,
        Optional<EncoderDescription.Kind> encoder,
        RuntimeOptions runtime) {
    private static final int SAMPLES_MIN = 1000;
    private static final int SAMPLES_MAX = 10_000_000;

    public ImportChoices {
        if (samples < SAMPLES_MIN || samples > SAMPLES_MAX) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "statistics need " + SAMPLES_MIN + " to " + SAMPLES_MAX + " samples, not " + samples);
        }
    }
}
