package org.saminversion.gateway.inversions;

import jakarta.ws.rs.NotFoundException;

/** There is no such inversion, now and for this tenant. The answer tells apart what was deleted after its retention. */
public final class MissingInversion extends NotFoundException {
    private static final long serialVersionUID = 1L;

    private final String id;

    public MissingInversion(String id) {
        super("There is no inversion " + id + ".");
        this.id = id;
    }

    /** As the caller wrote it. */
    public String id() {
        return id;
    }
}
