package org.saminversion.standalone.cli.keys;

import org.saminversion.model.access.IssuedKey;
import org.saminversion.standalone.cli.frame.CommandGroup;
import picocli.CommandLine.Command;

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
public final class KeysCommand extends CommandGroup {
    /** Shows a new key: the only time that its secret is seen. */
    void show(IssuedKey issued) {
        console().out().println(issued.text().reveal());
        console().note("This is the key's only copy: keep it where your other secrets are.");
    }
}
