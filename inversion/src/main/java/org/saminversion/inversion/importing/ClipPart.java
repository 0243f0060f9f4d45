package org.saminversion.inversion.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.saminversion.inversion.bundle.ClipDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.text.ClipFiles;

/** A CLIP for a bundle: its files as they are. */
record ClipPart(ClipDescription description, ClipFiles files) {
    private static final String VOCABULARY = "clip-vocabulary";

    /** @throws JobFailure.Rejected if the files are not those of one CLIP, or do not work */
    static Optional<ClipPart> of(List<Path> files) {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        ClipFiles clip = ClipFiles.of(files, SourceFiles.REFUSED);
        return Optional.of(new ClipPart(clip.tried("clip-image.onnx", "clip-text.onnx", VOCABULARY), clip));
    }

    void write(StagingFolder staging) {
        copy(files.imageEncoder(), staging.folder().resolve(description.imageEncoder()));
        copy(files.textEncoder(), staging.folder().resolve(description.textEncoder()));
        copy(files.vocabulary(), staging.folder().resolve(description.vocabulary()));
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException failure) {
            throw new JobFailure.Transient("cannot copy " + from + " to " + to + ": " + failure.getMessage(), failure);
        }
    }
}
