package org.saminversion.standalone.cli.bench;

import org.saminversion.standalone.cli.bench.service.BenchServiceCommand;
import org.saminversion.standalone.cli.frame.Console;
import org.saminversion.standalone.cli.frame.Program;
import org.saminversion.standalone.cli.frame.ProjectFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Measurements. */
@Command(
        name = "bench",
        description = "Measure the engine or the service, and compare inversion methods.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BenchEngineCommand.class,
            BenchImagesCommand.class,
            BenchCostCommand.class,
            BenchServiceCommand.class,
            BenchOptimizerCommand.class,
            BenchTable1Command.class,
            BenchFig3Command.class,
            BenchFig7Command.class
        })
public final class BenchCommand implements Program, Runnable {
    @ParentCommand
    private Program sam;

    @Spec
    private CommandSpec spec;

    @Override
    public Console console() {
        return sam.console();
    }

    @Override
    public ProjectFolder home() {
        return sam.home();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to measure: engine, images, cost, optimizer, service, table1, fig3 or fig7");
    }
}
