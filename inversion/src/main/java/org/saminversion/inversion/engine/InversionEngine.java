package org.saminversion.inversion.engine;

import java.util.List;
import java.util.Optional;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.latent.Latents;

/**
 * All that the workers and the command line need of the engine, for one model bundle. Programs are compiled on first use
 * and kept, so a warm engine never rebuilds for a job. Thread-safe.
 */
public interface InversionEngine extends AutoCloseable {
    /** Checks method, tau and steps against the bundle without doing any work. @throws JobFailure.Rejected if they do not fit */
    void check(InversionSettings settings);

    /** Checks that the direction exists and the strength is a finite number in [-20,20]. */
    void check(EditRequest edit);

    /**
     * Finds for every segment of the photograph how well each candidate space can reconstruct it, by inverting the whole
     * photograph shortly in each of them (the "measured" map).
     */
    InvertibilityMap measureInvertibility(RgbImage photograph, InversionSettings settings, ProgressListener progress);

    /** @param map needed by the method {@code sam}; its tau is replaced by that of the settings */
    InversionRun start(RgbImage photograph, InversionSettings settings, Optional<InvertibilityMap> map);

    /** Goes on from a checkpoint of the same photograph, settings and map. */
    InversionRun resume(
            RgbImage photograph, InversionSettings settings, Optional<InvertibilityMap> map, byte[] checkpoint);

    /** The image of the latents, as the generator makes it. */
    RgbImage render(Latents latents);

    /** The image after edits; all of them add up before one rendering (spec edits.md section 3). */
    RgbImage edit(Latents latents, List<EditRequest> edits);

    /** PSNR in dB and LPIPS between the photograph at the generator's layout and a rendering. */
    Quality quality(RgbImage photograph, RgbImage rendering);

    @Override
    void close();
}
