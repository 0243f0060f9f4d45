package org.saminversion.inversion.text;

import java.nio.file.Path;
import java.util.Map;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;

/**
 * What each channel of a generator's style space does, as a direction in CLIP's space of pictures (spec edits.md 2). Rows and columns
 * are those of {@link org.saminversion.inversion.network.StyleChannels}.
 *
 * @param directions [rows,width,E], each of length 1; zero for channels that do nothing or were not measured
 * @param deviations [rows,width], the standard deviation of each channel over random images
 * @param metadata how they were measured
 */
public record ChannelEffects(Tensor directions, Tensor deviations, Map<String, String> metadata) {
    private static final String DIRECTIONS = "directions";
    private static final String DEVIATIONS = "deviations";
    private static final String FILE = "clip-channel-effects.safetensors";

    /** @throws IllegalArgumentException if the shapes do not belong together */
    public ChannelEffects {
        boolean fit = directions.shape().rank() == 3
                && deviations.shape().rank() == 2
                && directions.shape().size(0) == deviations.shape().size(0)
                && directions.shape().size(1) == deviations.shape().size(1);
        if (!fit) {
            throw new IllegalArgumentException(
                    "directions " + directions + " and deviations " + deviations + " are not of the same channels");
        }
    }

    /** @throws JobFailure.Rejected of kind {@code bundle-invalid} if the bundle has none, or they are damaged */
    public static ChannelEffects of(ModelBundle bundle) {
        String file = bundle.description()
                .clip()
                .flatMap(clip -> clip.channelEffects())
                .orElseThrow(() -> new JobFailure.Rejected(
                        "bundle-invalid",
                        "nobody measured yet what the channels of " + bundle.name()
                                + "'s generator do: run sam directions channels first"));
        SafetensorsFile read = SafetensorsFile.read(bundle.file(file));
        try {
            return new ChannelEffects(read.tensor(DIRECTIONS), read.tensor(DEVIATIONS), read.metadata());
        } catch (IllegalArgumentException unfit) {
            throw new JobFailure.Rejected("bundle-invalid", file + ": " + unfit.getMessage(), unfit);
        }
    }

    /** Gives them to a bundle, in the place of those that it has. @return the bundle with them */
    public ModelBundle addTo(ModelBundle opened) {
        ModelBundle bundle = BundleReader.open(opened.folder());
        Path file = bundle.folder().resolve(FILE);
        SafetensorsFile.of(Map.of(DIRECTIONS, directions, DEVIATIONS, deviations), metadata)
                .write(file);
        return BundleWriter.write(
                bundle.folder(),
                bundle.description()
                        .withClip(bundle.description().clip().orElseThrow().withChannelEffects(FILE)));
    }
}
