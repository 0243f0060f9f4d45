package org.saminversion.standalone.cli.train;

import org.saminversion.standalone.cli.frame.CommandGroup;
import picocli.CommandLine.Command;

/** The trainings there are. */
@Command(
        name = "train",
        description = "Train networks of a bundle on photographs.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TrainInvertibilityCommand.class, TrainEncoderCommand.class})
public final class TrainCommand extends CommandGroup {}
