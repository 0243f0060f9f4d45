/** Who may make a request: keys and their scopes, and how many requests a tenant may make. */
package org.saminversion.gateway.access;
