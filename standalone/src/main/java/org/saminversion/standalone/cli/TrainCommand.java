package org.saminversion.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The trainings there are. */
@Command(
        name = "train",
        description = "Train networks of a bundle on photographs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TrainInvertibilityCommand.class, TrainEncoderCommand.class})
final class TrainCommand implements Runnable {
    @ParentCommand
    private Sam sam;

    @Spec
    private CommandSpec spec;

    Sam sam() {
        return sam;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to train");
    }
}
