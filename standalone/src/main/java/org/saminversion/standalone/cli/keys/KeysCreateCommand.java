package org.saminversion.standalone.cli.keys;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.access.Scope;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.serve.OperatorDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes a key. */
@Command(name = "create", description = "Make a key and print it; the database keeps only its digest.")
final class KeysCreateCommand implements Callable<Integer> {
    private static final String NAME_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    @ParentCommand
    private KeysCommand keys;

    @Parameters(paramLabel = "NAME", description = "What the key is for, such as shop.")
    private String name;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            defaultValue = "READ,SUBMIT",
            description = "What it permits: READ, SUBMIT, ADMIN. Default: ${DEFAULT-VALUE}.")
    private Set<Scope> scopes;

    @Option(names = "--days", paramLabel = "N", description = "How long it is valid. Default: until it is revoked.")
    private Optional<Integer> days = Optional.empty();

    @Mixin
    private TenantOption tenant;

    @Mixin
    private DatabaseOption database;

    @Override
    public Integer call() throws Exception {
        if (!name.matches(NAME_PATTERN)) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "a key's name has 1 to 63 letters, digits, dots, hyphens and underscores, unlike \"" + name + "\"");
        }
        if (days.isPresent() && days.get() < 1) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--days is at least 1, not " + days.get());
        }
        try (OperatorDatabase open = database.open(keys)) {
            keys.show(open.await(open.keys().create(tenant.tenant(), name, scopes, days.map(Duration::ofDays)))
                    .orElseThrow(() -> new JobFailure.Rejected(
                            "key-exists",
                            "the tenant " + tenant.tenant().name() + " has a live key \"" + name
                                    + "\" already: rotate it, revoke it, or choose another name")));
        }
        return ExitCode.SUCCESS;
    }
}
