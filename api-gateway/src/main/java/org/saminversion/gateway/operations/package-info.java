/** For those who run gateways: what the metrics tell of the work that is left, and what is kept out of the log. */
package org.saminversion.gateway.operations;
