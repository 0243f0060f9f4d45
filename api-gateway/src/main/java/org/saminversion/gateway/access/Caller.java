package org.saminversion.gateway.access;

import java.util.Set;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.Scope;

/**
 * On whose behalf a request is made, and what it may do.
 *
 * @param signedIn whether a browser's session tells so, which can be ended
 */
public record Caller(Tenant tenant, Set<Scope> scopes, boolean signedIn) {}
