/** The first page: how much work there is, who does it, and what needs attention. */
package org.saminversion.gateway.dashboard.overview;
