package org.saminversion.standalone.cli.bundles;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.saminversion.inversion.bundle.BundleCatalogue;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.DirectionDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Lists the model bundles and what each can do. */
@Command(name = "bundles", description = "List the model bundles with their spaces and edit directions.")
public final class BundlesCommand implements Callable<Integer> {
    @ParentCommand
    private Program sam;

    @Override
    public Integer call() {
        BundleCatalogue catalogue = new BundleCatalogue(sam.home().models());
        List<String> names = catalogue.names();
        if (names.isEmpty()) {
            throw new JobFailure.Rejected(
                    "bundle-unknown", "there is no bundle in " + catalogue.folder() + ": put one there or import one");
        }
        names.forEach(name -> print(catalogue.open(name).description()));
        return ExitCode.SUCCESS;
    }

    private void print(BundleDescription bundle) {
        String spaces = bundle.candidates().stream().map(LatentSpace::toString).collect(Collectors.joining(", "));
        String directions =
                bundle.directions().stream().map(DirectionDescription::name).collect(Collectors.joining(", "));
        sam.console()
                .out()
                .println(bundle.name() + " " + bundle.version() + " (" + bundle.category() + ", "
                        + bundle.generator().resolution() + " pixels)");
        sam.console().out().println("  spaces      " + spaces);
        sam.console().out().println("  directions  " + directions);
        sam.console()
                .out()
                .println("  defaults    tau " + bundle.defaultTau() + ", " + bundle.defaultSteps() + " steps");
        sam.console().out().println("  licence     " + bundle.licence());
    }
}
