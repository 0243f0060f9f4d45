package org.saminversion.model.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.saminversion.model.Tenant;

/**
 * A key without its secret.
 *
 * @param id public part of the key
 * @param name what it is for; the old and the new key of a rotation share it
 * @param expires when it ends or ended; empty if it has no end yet
 */
public record ApiKey(
        String id, Tenant tenant, String name, Set<Scope> scopes, Instant created, Optional<Instant> expires) {
    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    public boolean isLive(Instant now) {
        return expires.isEmpty() || now.isBefore(expires.get());
    }
}
