package org.saminversion.standalone.cli.keys;

import java.util.concurrent.Callable;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.serve.OperatorDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Ends a key. */
@Command(name = "revoke", description = "End a key; gateways refuse it within 5 seconds.")
final class KeysRevokeCommand implements Callable<Integer> {
    @ParentCommand
    private KeysCommand keys;

    @Parameters(paramLabel = "ID", description = "The key's id, as ./sam keys list shows it.")
    private String id;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private DatabaseOption database;

    @Override
    public Integer call() throws Exception {
        try (OperatorDatabase open = database.open(keys)) {
            if (!open.await(open.keys().revoke(tenant.tenant(), id))) {
                throw new JobFailure.Rejected(
                        "key-unknown",
                        "the tenant " + tenant.tenant().name() + " has no live key with the id " + id
                                + ": see ./sam keys list");
            }
        }
        return ExitCode.SUCCESS;
    }
}
