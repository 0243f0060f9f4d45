package org.saminversion.standalone.cli.invert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.NamedPictures;
import org.saminversion.inversion.method.Optimizer;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.OutputFolder;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.options.BatchSize;
import org.saminversion.standalone.cli.options.BundleOption;
import org.saminversion.standalone.cli.options.EngineOption;
import org.saminversion.standalone.cli.options.OpenBundle;
import org.saminversion.standalone.cli.options.SettingsOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Inverts images with the engine in this process. */
@Command(
        name = "invert",
        description = "Invert images: find the latents that the generator turns back into each of them.")
public final class InvertCommand implements Callable<Integer> {
    @ParentCommand
    private Program sam;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description =
                    "Image files, folders or ZIP archives of them, or .npz files with an array 'images' of unsigned bytes,"
                            + " [N,H,W] or [N,H,W,3].")
    private List<Path> images;

    @Mixin
    private BundleOption bundle;

    @Mixin
    private EngineOption engine;

    @Mixin
    private SettingsOptions settings;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out",
            description = "Where the results go, a folder per image. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "" + Integer.MAX_VALUE,
            hideParamSyntax = false,
            description = "Take at most N images of each .npz or ZIP file. Default: all.")
    private int limit;

    @Option(
            names = "--batch",
            paramLabel = "N",
            hideParamSyntax = false,
            description = "Invert up to N images in one program, 1 to " + BatchSize.MAX
                    + ". Default: 4 up to 64 pixels and 1 above.")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "REFERENCE",
            description =
                    "How the latents descend: ${COMPLETION-CANDIDATES}; --set of the same settings goes before it."
                            + " Methods with an optimiser of their own have no such choice. Default:"
                            + " ${DEFAULT-VALUE}.")
    private Optimizer optimizer;

    @Option(
            names = "--reference",
            description =
                    "As the released code in everything: 1001 steps from the encoder's style vectors (the mean, if the"
                            + " bundle has no encoder), --formulation=RELEASED, --rgb-skip=EDITED, --noise=CONSTANT,"
                            + " --clamp-gradient=ZERO, --optimizer=REFERENCE. Only --steps and --set go before it.")
    private boolean reference;

    @Option(names = "--again", description = "Redo images that are finished with the same settings.")
    private boolean again;

    @Option(names = "--json", description = "Print one JSON object per image and line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (limit < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--limit must be at least 1, not " + limit);
        }
        batch.ifPresent(BatchSize::require);
        if (reference) {
            engine.asInTheReference();
            settings.asInTheReference();
            optimizer = Optimizer.REFERENCE;
        }
        List<NamedPicture> pictures = NamedPictures.of(images, limit);
        OutputFolder.ready(out);
        try (OpenBundle opened = bundle.open(sam, engine)) {
            InversionSettings chosen =
                    settings.toSettings(opened.bundle().description()).descendingAs(optimizer);
            opened.engine().check(chosen);
            return invert(
                    pictures,
                    new PictureInversion(sam.console(), opened, chosen, engine.fingerprint()),
                    batch.orElse(BatchSize.standard(opened.bundle().description())));
        }
    }

    /** A picture that cannot be inverted is reported and does not stop the others. */
    private int invert(List<NamedPicture> pictures, PictureInversion inversion, int batchSize) throws IOException {
        Reports reports = new Reports();
        List<PreparedPicture> group = new ArrayList<>();
        for (NamedPicture picture : pictures) {
            try {
                inversion
                        .prepare(picture, out.resolve(picture.folder()), again, reports::finished)
                        .ifPresent(group::add);
            } catch (JobFailure.Rejected | JobFailure.Poisoned failure) {
                reports.failed(picture.label(), failure);
            }
            if (group.size() == batchSize) {
                inversion.invert(group, reports);
                group.clear();
            }
        }
        if (!group.isEmpty()) {
            inversion.invert(group, reports);
        }
        int failed = pictures.size() - reports.finished.size();
        if (pictures.size() > 1) {
            sam.console().note(summary(reports.finished, failed));
        }
        return failed == 0 ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }

    /** Prints what came of each picture, and keeps it for the summary. */
    private final class Reports implements PictureInversion.Outcomes {
        private final List<InversionReport> finished = new ArrayList<>();

        @Override
        public void finished(InversionReport report) {
            finished.add(report);
            sam.console().out().println(json ? ResultFile.toJsonLine(report) : report.toLine());
            sam.console().out().flush();
        }

        @Override
        public void failed(String label, JobFailure failure) {
            String reason = ExitCode.explain(failure);
            sam.console().note("sam: " + (reason.startsWith(label) ? reason : label + ": " + reason));
        }
    }

    private static String summary(List<InversionReport> reports, int failed) {
        return String.format(
                Locale.ROOT,
                "%d inverted, %d failed: mean PSNR %.2f dB, mean LPIPS %.4f, mean time %.1f s",
                reports.size(),
                failed,
                reports.stream().mapToDouble(InversionReport::psnr).average().orElse(Double.NaN),
                reports.stream().mapToDouble(InversionReport::lpips).average().orElse(Double.NaN),
                reports.stream().mapToDouble(InversionReport::seconds).average().orElse(Double.NaN));
    }
}
