package org.saminversion.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Brings foreign files into bundles. */
@Command(
        name = "import",
        description = "Make a model bundle from files, or add an edit direction to one.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ImportGeneratorCommand.class, ImportDirectionCommand.class})
final class ImportCommand implements Runnable {
    @ParentCommand
    private Sam sam;

    @Spec
    private CommandSpec spec;

    Sam sam() {
        return sam;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to import: generator or direction");
    }
}
