/** Messages to the endpoints of callers, and the endpoints. */
package org.saminversion.gateway.dashboard.deliveries;
