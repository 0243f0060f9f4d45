package org.saminversion.standalone.cli.keys;

import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Tenant;
import picocli.CommandLine.Option;

/** Whose keys an operator's command is about. */
final class TenantOption {
    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            defaultValue = "default",
            description = "Whose keys: lower-case letters, digits and hyphens. Default: ${DEFAULT-VALUE}.")
    private String name;

    Tenant tenant() {
        try {
            return new Tenant(name);
        } catch (IllegalArgumentException wrong) {
            throw new JobFailure.Rejected("parameter-out-of-range", "--tenant: " + wrong.getMessage(), wrong);
        }
    }
}
