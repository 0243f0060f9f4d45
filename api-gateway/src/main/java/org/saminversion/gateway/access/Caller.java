package org.saminversion.gateway.access;

import java.util.Set;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.Scope;

/** On whose behalf a request is made, and what it may do. */
record Caller(Tenant tenant, Set<Scope> scopes) {}
