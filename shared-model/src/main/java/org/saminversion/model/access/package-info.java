/** Who may speak to the service: API keys, their scopes, and the tenant that each speaks for. */
package org.saminversion.model.access;
