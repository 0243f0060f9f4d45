package org.saminversion.standalone.cli.webhook;

import org.saminversion.standalone.cli.frame.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Helps whoever writes a receiver of callbacks. */
@Command(
        name = "webhook",
        description = "Check the signature of a callback.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = WebhookVerifyCommand.class)
public final class WebhookCommand implements Runnable {
    @ParentCommand
    private Program sam;

    @Spec
    private CommandSpec spec;

    Program sam() {
        return sam;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: verify");
    }
}
