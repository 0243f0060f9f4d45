package org.saminversion.standalone.cli.bundles;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.Fit;
import org.saminversion.inversion.importing.BundleImport;
import org.saminversion.inversion.importing.ImportChoices;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.options.BundleOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes a bundle from foreign checkpoints, or gives one more networks. */
@Command(
        name = "import",
        description = {
            "Make a model bundle from checkpoints, or give a bundle more networks.",
            "",
            "Files are recognised by what is in them (see docs/checkpoints.md). A new bundle needs a generator and the"
                    + " two files of a perceptual network; other networks may come at once or later."
        })
public final class ImportCommand implements Callable<Integer> {
    @ParentCommand
    private Program sam;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Checkpoints: NVIDIA .pkl, PyTorch .pt and .pth, .safetensors; a CLIP's encoders in .onnx with"
                            + " their vocabulary.")
    private List<Path> files;

    @Option(
            names = "--into",
            paramLabel = "NAME|DIR",
            required = true,
            description = "The bundle to make or to extend: one of the folder models, or another folder.")
    private String into;

    @Option(
            names = "--category",
            defaultValue = "unknown",
            description =
                    "What a new bundle depicts, such as cats. Of cars at 512 pixels only the middle 384 rows count.")
    private String category;

    @Option(names = "--licence", defaultValue = "unknown", description = "Under which the weights may be used.")
    private String licence;

    @Option(
            names = "--statistics",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Samples that the statistics of a new bundle are computed from. Default: ${DEFAULT-VALUE}.")
    private int samples;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seeds these samples. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--fit",
            paramLabel = "FIT",
            defaultValue = "centre-crop",
            description = "How photographs of another shape are fitted: centre-crop, letter-box or stretch. Default: "
                    + "${DEFAULT-VALUE}.")
    private String fit;

    @Option(
            names = "--encoder",
            paramLabel = "KIND",
            description = "What an encoder is, if its file does not say: e4e, psp, restyle-e4e or restyle-psp.")
    private Optional<String> encoder = Optional.empty();

    @Override
    public Integer call() {
        Path folder = BundleOption.folder(into, sam).toAbsolutePath().normalize();
        BundleImport.Report report = BundleImport.run(files, folder, choices(String.valueOf(folder.getFileName())));
        report.warnings().forEach(warning -> sam.console().note("note: " + warning));
        sam.console()
                .out()
                .println((report.isNew() ? "made bundle " : "extended bundle ")
                        + report.bundle().name() + " in " + folder + ": " + String.join(", ", report.added()));
        return ExitCode.SUCCESS;
    }

    private ImportChoices choices(String name) {
        try {
            return new ImportChoices(
                    name,
                    category,
                    licence,
                    samples,
                    seed,
                    Fit.parse(fit),
                    encoder.map(EncoderDescription.Kind::parse),
                    RuntimeOptions.standard());
        } catch (IllegalArgumentException unknown) {
            throw new JobFailure.Rejected("parameter-out-of-range", unknown.getMessage(), unknown);
        }
    }
}
