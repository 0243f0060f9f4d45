package org.saminversion.standalone.cli.webhook;

import org.saminversion.standalone.cli.frame.CommandGroup;
import picocli.CommandLine.Command;

/** Helps whoever writes a receiver of callbacks. */
@Command(
        name = "webhook",
        description = "Check the signature of a callback.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = WebhookVerifyCommand.class)
public final class WebhookCommand extends CommandGroup {}
