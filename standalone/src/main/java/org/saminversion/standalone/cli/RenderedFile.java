package org.saminversion.standalone.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.engine.InversionEngine;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.latent.Latents;

/** Where a rendering goes, in the format that the file's ending names. */
final class RenderedFile {
    static final String DESCRIPTION =
            "The image to write: .png, or .npy for float32 [3,H,W], nominally from -1 to 1, not clipped.";

    private final Path file;

    private RenderedFile(Path file) {
        this.file = file;
    }

    /** Checks everything that can be checked before the work. @throws JobFailure.Rejected for another ending */
    static RenderedFile at(Path file) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".npy")) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--out must end in .png or .npy, unlike " + file);
        }
        OutputFolder.ready(file.toAbsolutePath().getParent());
        return new RenderedFile(file);
    }

    /** @param edits none for the plain rendering */
    void write(InversionEngine engine, Latents latents, List<EditRequest> edits) {
        RgbImage image = edits.isEmpty() ? engine.render(latents) : engine.edit(latents, edits);
        PngWriter.write(image, file);
    }
}
