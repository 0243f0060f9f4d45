package org.saminversion.standalone.cli.keys;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.saminversion.model.access.ApiKey;
import org.saminversion.model.access.Scope;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.serve.OperatorDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Lists keys without their secrets. */
@Command(name = "list", description = "List the keys of a tenant, newest first, also those that have ended.")
final class KeysListCommand implements Callable<Integer> {
    @ParentCommand
    private KeysCommand keys;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private DatabaseOption database;

    @Override
    public Integer call() throws Exception {
        Instant now = keys.console().clock().instant();
        try (OperatorDatabase open = database.open(keys)) {
            for (ApiKey key : open.await(open.keys().list(tenant.tenant()))) {
                keys.console().out().println(line(key, now));
            }
        }
        return ExitCode.SUCCESS;
    }

    private static String line(ApiKey key, Instant now) {
        String end = key.expires()
                .map(expires -> (key.isLive(now) ? "ends " : "ended ") + expires)
                .orElse("no end");
        String scopes = key.scopes().stream().sorted().map(Scope::name).collect(Collectors.joining(","));
        return String.format(
                Locale.ROOT, "%s  %-20s  %-18s  made %s, %s", key.id(), key.name(), scopes, key.created(), end);
    }
}
