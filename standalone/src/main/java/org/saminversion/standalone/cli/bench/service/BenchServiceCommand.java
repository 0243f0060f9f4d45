package org.saminversion.standalone.cli.bench.service;

import org.saminversion.standalone.cli.frame.CommandGroup;
import picocli.CommandLine.Command;

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
public final class BenchServiceCommand extends CommandGroup {}
