/** One job: its pictures, map, losses, and what has happened to it. */
package org.saminversion.gateway.dashboard.job;
