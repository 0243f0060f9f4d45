package org.saminversion.standalone.cli.directions;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.saminversion.inversion.bundle.DirectionDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.direction.Convention;
import org.saminversion.inversion.direction.DirectionFamily;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.options.BundleOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Lists the edit directions of a bundle, and finds new ones. */
@Command(
        name = "directions",
        description = "List the edit directions of a bundle; with a command, add or find some.",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            DirectionsAddCommand.class,
            DirectionsComponentsCommand.class,
            DirectionsFactorsCommand.class,
            DirectionsLearnCommand.class,
            DirectionsChannelsCommand.class,
            DirectionsTextCommand.class,
            DirectionsOptimiseCommand.class
        })
public final class DirectionsCommand implements Callable<Integer> {
    @ParentCommand
    private Program sam;

    @Mixin
    private BundleOption bundle;

    Program sam() {
        return sam;
    }

    /** Found out before the work. @throws JobFailure.Rejected of kind {@code direction-exists} if the name is taken */
    static void requireUnused(String name, ModelBundle bundle) {
        if (bundle.description().direction(name).isPresent()) {
            throw new JobFailure.Rejected(
                    "direction-exists", "the bundle has a direction " + name + " already: choose another --name");
        }
    }

    int add(DirectionFamily family, ModelBundle opened) {
        family.addTo(opened);
        sam.console()
                .out()
                .println(
                        "added directions " + String.join(", ", family.vectors().keySet()) + " to " + opened.folder());
        return ExitCode.SUCCESS;
    }

    @Override
    public Integer call() {
        for (DirectionDescription direction : bundle.find(sam).description().directions()) {
            sam.console()
                    .out()
                    .println(String.format(
                            Locale.ROOT,
                            "%-20s styles %d to %d, useful from %s to %s%s",
                            direction.name(),
                            direction.layers().start(),
                            direction.layers().end() - 1,
                            direction.usefulFrom(),
                            direction.usefulTo(),
                            direction.convention() == Convention.RELATIVE
                                    ? ""
                                    : ", " + direction.convention().label()));
        }
        return ExitCode.SUCCESS;
    }
}
