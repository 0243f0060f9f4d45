package org.saminversion.standalone.cli.keys;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.serve.OperatorDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Replaces a key without a moment in which callers have none. */
@Command(name = "rotate", description = "Make a second key of the same scopes; the first ends after the overlap.")
final class KeysRotateCommand implements Callable<Integer> {
    @ParentCommand
    private KeysCommand keys;

    @Parameters(paramLabel = "NAME", description = "The name of the key.")
    private String name;

    @Option(
            names = "--overlap-hours",
            paramLabel = "N",
            defaultValue = "24",
            description = "How long both keys are valid. Default: ${DEFAULT-VALUE}.")
    private int overlapHours;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private DatabaseOption database;

    @Override
    public Integer call() throws Exception {
        if (overlapHours < 0) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "--overlap-hours is at least 0, not " + overlapHours);
        }
        try (OperatorDatabase open = database.open(keys)) {
            keys.show(open.await(open.keys().rotate(tenant.tenant(), name, Duration.ofHours(overlapHours)))
                    .orElseThrow(() -> new JobFailure.Rejected(
                            "key-unknown",
                            "the tenant " + tenant.tenant().name() + " has no live key \"" + name
                                    + "\": make one with ./sam keys create")));
        }
        return ExitCode.SUCCESS;
    }
}
