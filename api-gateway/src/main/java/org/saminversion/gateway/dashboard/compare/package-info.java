/** The same photograph under several methods and thresholds. */
package org.saminversion.gateway.dashboard.compare;
