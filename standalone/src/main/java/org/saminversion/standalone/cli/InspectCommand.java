package org.saminversion.standalone.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.checkpoint.CheckpointReader;
import org.saminversion.inversion.file.NpyFile;
import org.saminversion.inversion.file.NpzFile;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.RgbImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says what is in a file without using it. */
@Command(name = "inspect", description = "Show what is in a file: latents, weights, arrays or an image.")
final class InspectCommand implements Callable<Integer> {
    private static final Pattern CHECKPOINT = Pattern.compile(".*\\.(pkl|pickle|pt|pth|ckpt|bin)");

    @ParentCommand
    private Sam sam;

    @Parameters(
            paramLabel = "FILE",
            description = "A .safetensors, .npy or .npz file, a checkpoint (.pkl, .pt), or an image.")
    private Path file;

    @Override
    public Integer call() {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (CHECKPOINT.matcher(name).matches()) {
            Checkpoint checkpoint = CheckpointReader.read(file);
            sam.console().out().println(checkpoint.description());
            printMetadata(checkpoint.metadata());
            checkpoint.tensors().forEach((tensor, stored) -> sam.console().out().println(tensor + "  " + stored));
        } else if (name.endsWith(".safetensors")) {
            SafetensorsFile content = SafetensorsFile.read(file);
            printMetadata(content.metadata());
            content.tensors().forEach(this::print);
        } else if (name.endsWith(".npy")) {
            print("array", NpyFile.read(file));
        } else if (name.endsWith(".npz")) {
            try (NpzFile content = NpzFile.open(file)) {
                content.names().forEach(array -> print(array, content.tensor(array)));
            }
        } else {
            RgbImage image = ImageReader.read(file);
            sam.console().out().println("image  " + image.width() + " x " + image.height() + " pixels");
        }
        return ExitCode.SUCCESS;
    }

    private void printMetadata(Map<String, String> metadata) {
        metadata.forEach((key, value) -> sam.console().out().println(key + " = " + value));
    }

    private void print(String name, Tensor tensor) {
        sam.console().out().println(name + "  " + tensor);
    }
}
