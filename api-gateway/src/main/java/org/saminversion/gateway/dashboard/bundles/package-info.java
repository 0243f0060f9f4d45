/** The bundles, what they hold, and how well they did. */
package org.saminversion.gateway.dashboard.bundles;
