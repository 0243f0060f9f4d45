package org.saminversion.standalone.cli.keys;

import org.saminversion.model.access.IssuedKey;
import org.saminversion.standalone.cli.frame.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Who may speak to the service. */
@Command(
        name = "keys",
        description = "Make, list, rotate and revoke the API keys of a service, in its database.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeysCreateCommand.class,
            KeysListCommand.class,
            KeysRotateCommand.class,
            KeysRevokeCommand.class,
        })
public final class KeysCommand implements Runnable {
    @ParentCommand
    private Program sam;

    @Spec
    private CommandSpec spec;

    Program sam() {
        return sam;
    }

    /** Shows a new key: the only time that its secret is seen. */
    void show(IssuedKey issued) {
        sam.console().out().println(issued.text().reveal());
        sam.console().note("This is the key's only copy: keep it where your other secrets are.");
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: create, list, rotate or revoke");
    }
}
