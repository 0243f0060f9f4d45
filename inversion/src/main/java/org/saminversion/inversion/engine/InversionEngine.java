package org.saminversion.inversion.engine;

import java.util.List;
import java.util.Optional;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionMethod;

/**
 * All that the workers and the command line need of the engine, for one model bundle. Programs are compiled on first use
 * and kept, so a warm engine never rebuilds for a job. Thread-safe.
 */
public interface InversionEngine extends AutoCloseable {
    /** Checks method, tau and steps against the bundle without doing any work. @throws JobFailure.Rejected if they do not fit */
    void check(InversionSettings settings);

    /** The method that the settings name. @throws JobFailure.Rejected if the bundle has no such method */
    InversionMethod method(InversionSettings settings);

    /** Checks that the direction exists and the strength is a finite number in [-20,20]. */
    void check(EditRequest edit);

    /**
     * Finds for every segment of the photograph how well each candidate space can reconstruct it, by inverting the whole
     * photograph shortly in each of them (the "measured" map).
     */
    InvertibilityMap measureInvertibility(RgbImage photograph, InversionSettings settings, ProgressListener progress);

    /** The same for several photographs in one program; in their order. */
    List<InvertibilityMap> measureInvertibility(
            List<RgbImage> photographs, InversionSettings settings, ProgressListener progress);

    /** Begins to measure the map of a photograph. */
    MapRun startMap(RgbImage photograph, InversionSettings settings);

    /** Goes on from a checkpoint of the same photograph and seed. */
    MapRun resumeMap(RgbImage photograph, InversionSettings settings, byte[] checkpoint);

    /** @param map needed by the method {@code sam}; its tau is replaced by that of the settings */
    InversionRun start(RgbImage photograph, InversionSettings settings, Optional<InvertibilityMap> map);

    /** Goes on from a checkpoint of the same photograph, settings and map. */
    InversionRun resume(
            RgbImage photograph, InversionSettings settings, Optional<InvertibilityMap> map, byte[] checkpoint);

    /**
     * Begins several photographs in one program. Their settings may differ in method and tau; the number of steps must be the same,
     * and the seed if the generator's noise is random.
     *
     * @throws IllegalArgumentException if there are no requests or they cannot share a program
     */
    BatchRun start(List<InversionRequest> requests);

    /**
     * Goes on from checkpoints, one for each request, of single runs or of batches.
     *
     * @throws IllegalArgumentException as above
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if the checkpoints do not fit, or stand at different steps
     */
    BatchRun resume(List<InversionRequest> requests, List<byte[]> checkpoints);

    /** The image of the latents, as the generator makes it. */
    RgbImage render(Latents latents);

    /** The image after edits; all of them add up before one rendering (spec edits.md section 3). */
    RgbImage edit(Latents latents, List<EditRequest> edits);

    /** PSNR in dB and LPIPS between the photograph at the generator's layout and a rendering. */
    Quality quality(RgbImage photograph, RgbImage rendering);

    @Override
    void close();
}
