package org.saminversion.standalone.cli.frame;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that only holds others, to which it hands on the program. */
public abstract class CommandGroup implements Program, Runnable {
    @ParentCommand
    private Program program;

    @Spec
    private CommandSpec spec;

    @Override
    public final Console console() {
        return program.console();
    }

    @Override
    public final ProjectFolder home() {
        return program.home();
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public final void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
