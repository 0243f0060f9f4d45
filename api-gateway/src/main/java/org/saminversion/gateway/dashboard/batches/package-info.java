/** Catalogues: upload one, watch it, get its results. */
package org.saminversion.gateway.dashboard.batches;
