/** The list of jobs. */
package org.saminversion.gateway.dashboard.jobs;
