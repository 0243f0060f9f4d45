package org.saminversion.standalone.cli.bench.service;

import org.saminversion.standalone.cli.frame.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Measurements of the service. */
@Command(
        name = "service",
        description = "Measure the service, which each command starts on a folder of its own.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BenchBatchCommand.class,
            BenchSubmissionsCommand.class,
            BenchOverheadCommand.class,
            BenchEditsCommand.class,
            BenchDashboardCommand.class,
            BenchStudioCommand.class
        })
public final class BenchServiceCommand implements Runnable {
    @ParentCommand
    private Program bench;

    @Spec
    private CommandSpec spec;

    Program sam() {
        return bench;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to measure: " + String.join(", ", spec.subcommands().keySet()));
    }
}
