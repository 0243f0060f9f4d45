package org.saminversion.standalone.cli.invert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.NpyFile;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.standalone.cli.frame.OutputFolder;

/** Where a rendering goes, in the format that the file's ending names. */
final class RenderedFile {
    static final String DESCRIPTION =
            "The image to write: .png, or .npy for float32 [3,H,W], nominally from -1 to 1, not clipped.";

    private final Path file;

    private final boolean array;

    private RenderedFile(Path file, boolean array) {
        this.file = file;
        this.array = array;
    }

    /** Checks everything that can be checked before the work. @throws JobFailure.Rejected for another ending */
    static RenderedFile at(Path file) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        boolean array = name.endsWith(".npy");
        if (!array && !name.endsWith(".png")) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--out must end in .png or .npy, unlike " + file);
        }
        OutputFolder.ready(file.toAbsolutePath().getParent());
        return new RenderedFile(file, array);
    }

    /** @param edits none for the plain rendering */
    void write(SamEngine engine, Latents latents, List<EditRequest> edits) {
        if (array) {
            Tensor image = edits.isEmpty() ? engine.generate(latents) : engine.generateEdited(latents, edits);
            NpyFile.write(
                    file, image.reshape(3, image.shape().size(-2), image.shape().size(-1)));
        } else {
            PngWriter.write(edits.isEmpty() ? engine.render(latents) : engine.edit(latents, edits), file);
        }
    }
}
