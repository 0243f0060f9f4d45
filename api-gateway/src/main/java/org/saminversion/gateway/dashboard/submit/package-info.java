/** Photographs of one's own: drop, paste, or take them. */
package org.saminversion.gateway.dashboard.submit;
