/** The workers and what they do. */
package org.saminversion.gateway.dashboard.workers;
