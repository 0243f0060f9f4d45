package org.saminversion.standalone.cli.invert;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.Resample;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.OutputFolder;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.options.BundleOption;
import org.saminversion.standalone.cli.options.OpenBundle;
import org.saminversion.standalone.picture.PastedOver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes test photographs: images that the generator makes up, with things pasted over them that it could not make up. */
@Command(name = "sample", description = "Make up an image with the generator; the pictures in samples come from here.")
public final class SampleCommand implements Callable<Integer> {
    @ParentCommand
    private Program sam;

    @Mixin
    private BundleOption bundle;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Another seed, another image. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--truncation",
            paramLabel = "PSI",
            defaultValue = "0.7",
            description = "0 gives the mean image, 1 the full variety. Default: ${DEFAULT-VALUE}.")
    private double truncation;

    @Option(
            names = "--class",
            paramLabel = "N",
            description = "The class to show, from 0, of a generator that has classes. Default: any.")
    private Optional<Integer> label = Optional.empty();

    @Option(names = "--paste", description = "Put sun glasses, a scarf and a sticker over the face.")
    private boolean paste;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "256",
            description = "Side of the image. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The .png file to write.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        OutputFolder.ready(out.toAbsolutePath().getParent());
        try (OpenBundle opened = bundle.open(sam)) {
            OptionalInt wanted = label.map(OptionalInt::of).orElseGet(OptionalInt::empty);
            RgbImage made = opened.engine().render(opened.engine().sample(seed, truncation, wanted));
            RgbImage enlarged = Resample.lanczos(made, size, size);
            PngWriter.write(paste ? PastedOver.face(enlarged) : enlarged, out);
        }
        sam.console().out().println(out);
        return ExitCode.SUCCESS;
    }
}
