/** Signing in to the dashboard with a key, and out again. */
package org.saminversion.gateway.dashboard.session;
