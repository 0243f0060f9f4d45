package org.saminversion.model.store;

import org.saminversion.model.Tenant;

/** A tenant has as many jobs waiting as it may have. */
public final class QueueFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueFull(Tenant tenant, long jobsMax) {
        super("The tenant " + tenant.name() + " has " + jobsMax
                + " jobs waiting, which is as many as it may have; submit again when some have started.");
    }
}
