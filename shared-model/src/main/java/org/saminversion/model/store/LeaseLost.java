package org.saminversion.model.store;

/** A write by a worker whose lease somebody else holds by now; nothing was written. */
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLost(Lease lease) {
        super("the lease " + lease.fence() + " on job " + lease.job() + " is over");
    }
}
