package org.saminversion.standalone.cli;

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
final class BenchCommand implements Runnable {
    @ParentCommand
    private Sam sam;

    @Spec
    private CommandSpec spec;

    Sam sam() {
        return sam;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to measure: engine, images, cost, optimizer, service, table1, fig3 or fig7");
    }
}
