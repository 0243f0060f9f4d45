/** Endpoints of callers, and what became of the messages to them. The module webhook sends them. */
package org.saminversion.gateway.callbacks;
