/** Keeps open pages up to date by server-sent events. */
package org.saminversion.gateway.dashboard.live;
