package org.saminversion.standalone.cli.train;

import org.saminversion.standalone.cli.frame.Program;
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
public final class TrainCommand implements Runnable {
    @ParentCommand
    private Program sam;

    @Spec
    private CommandSpec spec;

    Program sam() {
        return sam;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to train");
    }
}
