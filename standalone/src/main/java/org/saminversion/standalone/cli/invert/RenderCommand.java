package org.saminversion.standalone.cli.invert;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.saminversion.inversion.latent.LatentCheck;
import org.saminversion.inversion.latent.LatentFile;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.options.BundleOption;
import org.saminversion.standalone.cli.options.EngineOption;
import org.saminversion.standalone.cli.options.OpenBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Turns latents back into an image. */
@Command(name = "render", description = "Render latents as an image.")
public final class RenderCommand implements Callable<Integer> {
    @ParentCommand
    private Program sam;

    @Parameters(paramLabel = "LATENTS", description = "A latent file, as invert writes it.")
    private Path latents;

    @Mixin
    private BundleOption bundle;

    @Mixin
    private EngineOption engine;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = RenderedFile.DESCRIPTION)
    private Path out;

    @Override
    public Integer call() throws Exception {
        RenderedFile file = RenderedFile.at(out);
        Latents read = LatentFile.read(latents);
        try (OpenBundle opened = bundle.open(sam, engine)) {
            LatentCheck.requireFits(read, opened.bundle());
            file.write(opened.engine(), read, List.of());
        }
        sam.console().out().println(out);
        return ExitCode.SUCCESS;
    }
}
