/** The keys of a tenant, without their secrets. */
package org.saminversion.gateway.dashboard.keys;
