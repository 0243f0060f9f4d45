/** Signs messages to the endpoints of callers, and sends them until they have arrived. */
package org.saminversion.webhook;
