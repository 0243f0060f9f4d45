/** What all pages of the dashboard share: who looks, how values are written, and what errors look like. */
package org.saminversion.gateway.dashboard.frame;
