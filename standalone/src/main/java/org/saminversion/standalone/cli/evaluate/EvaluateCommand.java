package org.saminversion.standalone.cli.evaluate;

import org.saminversion.standalone.cli.frame.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Judges a bundle's networks. */
@Command(
        name = "evaluate",
        description = "Measure how good a bundle's networks are on any photographs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {EvaluateInvertibilityCommand.class})
public final class EvaluateCommand implements Runnable {
    @ParentCommand
    private Program sam;

    @Spec
    private CommandSpec spec;

    Program sam() {
        return sam;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to evaluate: invertibility");
    }
}
