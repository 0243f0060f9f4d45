package org.saminversion.standalone.cli.evaluate;

import org.saminversion.standalone.cli.frame.CommandGroup;
import picocli.CommandLine.Command;

/** Judges a bundle's networks. */
@Command(
        name = "evaluate",
        description = "Measure how good a bundle's networks are on any photographs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {EvaluateInvertibilityCommand.class})
public final class EvaluateCommand extends CommandGroup {}
