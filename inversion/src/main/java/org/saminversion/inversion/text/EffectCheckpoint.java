package org.saminversion.inversion.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.ClipDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;

/**
 * How far a measurement of channels has come, as a safetensors file from which it goes on with the same bits.
 *
 * @param conditions everything that decides what is measured; the number of images is not among them, so that it can grow
 */
record EffectCheckpoint(Path file, Map<String, String> conditions) {
    private static final String FILE = "checkpoint.safetensors";
    private static final String SUMS = "sums";
    private static final String COUNT = "count";

    /** @param bundle that has a CLIP */
    static EffectCheckpoint of(Path folder, ModelBundle bundle, ChannelMeasurement.Extent extent) {
        BundleDescription description = bundle.description();
        ClipDescription clip = description.clip().orElseThrow();
        return new EffectCheckpoint(
                folder.resolve(FILE),
                Map.of(
                        "generator", bundle.hashes().get(description.generator().file()),
                        "statistics", bundle.hashes().get(description.statistics()),
                        "layout", description.layout().toString(),
                        "image-encoder", bundle.hashes().get(clip.imageEncoder()),
                        "image-side", Integer.toString(clip.imageSide()),
                        "samples", Integer.toString(extent.samples()),
                        "seed", Long.toString(extent.seed())));
    }

    /**
     * The sums so far; new ones if there is no file.
     *
     * @param rows of channels of the generator, each of so much {@code width}
     * @throws JobFailure.Rejected of kind {@code checkpoint-invalid} if the file is of another measurement
     */
    EffectSums read(int rows, int width) {
        if (!Files.exists(file)) {
            return new EffectSums(rows, width);
        }
        SafetensorsFile read = SafetensorsFile.read(file);
        Map<String, String> notes = new HashMap<>(read.metadata());
        String count = notes.remove(COUNT);
        if (!notes.equals(conditions) || count == null || !count.matches("[1-9][0-9]{0,8}")) {
            throw new JobFailure.Rejected(
                    "checkpoint-invalid",
                    file
                            + " is not of this measurement but of one with another generator, CLIP, seed or number of samples:"
                            + " choose another folder, or remove it");
        }
        return EffectSums.of(read.tensor(SUMS), Integer.parseInt(count));
    }

    /** @throws JobFailure.Transient if the disk is full */
    void write(EffectSums sums) {
        Map<String, String> notes = new HashMap<>(conditions);
        notes.put(COUNT, Integer.toString(sums.count()));
        SafetensorsFile.of(Map.of(SUMS, sums.tensor()), notes).write(file);
    }
}
