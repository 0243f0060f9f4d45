package org.saminversion.standalone.cli.bundles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.checkpoint.CheckpointReader;
import org.saminversion.inversion.file.InvalidFile;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says what is in a file without using it. */
@Command(
        name = "inspect",
        description = "Say what a file is and list its tensors: a checkpoint, latents, arrays or an image.")
public final class InspectCommand implements Callable<Integer> {
    private static final int START_BYTES = 32;
    /** Where the text of a safetensors file begins, whose first bytes may look like those of an image. */
    private static final int SAFETENSORS_TEXT_AT = 8;

    @ParentCommand
    private Program sam;

    @Parameters(
            paramLabel = "FILE",
            description = "Recognised by what is in it: .pkl, .pt, .pth, .safetensors, .npy, .npz, or an image.")
    private Path file;

    @Override
    public Integer call() {
        if (isImage()) {
            RgbImage image = ImageReader.read(file);
            sam.console().out().println("image  " + image.width() + " x " + image.height() + " pixels");
            return ExitCode.SUCCESS;
        }
        Checkpoint checkpoint = CheckpointReader.read(file);
        sam.console().out().println(checkpoint.description());
        checkpoint.metadata().forEach((key, value) -> sam.console().out().println(key + " = " + value));
        checkpoint.tensors().forEach((tensor, stored) -> sam.console().out().println(tensor + "  " + stored));
        return ExitCode.SUCCESS;
    }

    private boolean isImage() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(START_BYTES);
            boolean safetensors = start.length > SAFETENSORS_TEXT_AT && start[SAFETENSORS_TEXT_AT] == '{';
            return !safetensors && ImageReader.isImage(start);
        } catch (IOException unreadable) {
            throw InvalidFile.whileReading(file.toString(), unreadable);
        }
    }
}
