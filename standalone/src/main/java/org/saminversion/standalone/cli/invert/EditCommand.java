package org.saminversion.standalone.cli.invert;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.latent.LatentCheck;
import org.saminversion.inversion.latent.LatentFile;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.options.BundleOption;
import org.saminversion.standalone.cli.options.EngineOption;
import org.saminversion.standalone.cli.options.LayersOption;
import org.saminversion.standalone.cli.options.OpenBundle;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Renders latents after moving them along edit directions. */
@Command(name = "edit", description = "Edit latents along directions of the bundle and render the result.")
public final class EditCommand implements Callable<Integer> {
    @ParentCommand
    private Program sam;

    @Parameters(paramLabel = "LATENTS", description = "A latent file, as invert writes it.")
    private Path latents;

    @ArgGroup(exclusive = false, multiplicity = "1..*")
    private List<DirectionAndStrength> edits;

    @Mixin
    private BundleOption bundle;

    @Mixin
    private EngineOption engine;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = RenderedFile.DESCRIPTION)
    private Path out;

    /** The options that belong together and may be repeated together. */
    static final class DirectionAndStrength {
        @Option(
                names = "--direction",
                paramLabel = "NAME",
                required = true,
                description = "A direction of the bundle, such as smile (see: sam bundles).")
        private String direction;

        @Option(
                names = "--strength",
                paramLabel = "S",
                required = true,
                description = "How far, -20 to 20; 1 is usually one standard deviation. Repeat both to add up edits.")
        private double strength;

        @Option(
                names = "--layers",
                paramLabel = "FROM-TO",
                description =
                        "Style vectors that are moved, counted from 0, such as 0-4 for the first four. Default: all"
                                + " that the direction has")
        private String layers;

        EditRequest toRequest() {
            return layers == null
                    ? new EditRequest(direction, strength)
                    : new EditRequest(direction, strength, LayersOption.parse(layers));
        }
    }

    @Override
    public Integer call() throws Exception {
        RenderedFile file = RenderedFile.at(out);
        Latents read = LatentFile.read(latents);
        List<EditRequest> requests =
                edits.stream().map(DirectionAndStrength::toRequest).toList();
        try (OpenBundle opened = bundle.open(sam, engine)) {
            LatentCheck.requireFits(read, opened.bundle());
            requests.forEach(opened.engine()::check);
            file.write(opened.engine(), read, requests);
        }
        sam.console().out().println(out);
        return ExitCode.SUCCESS;
    }
}
