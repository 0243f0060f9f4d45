/** The edit studio of a finished job. */
package org.saminversion.gateway.dashboard.studio;
