package org.saminversion.standalone.cli.bench;

import org.saminversion.standalone.cli.bench.service.BenchServiceCommand;
import org.saminversion.standalone.cli.frame.CommandGroup;
import picocli.CommandLine.Command;

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
public final class BenchCommand extends CommandGroup {}
