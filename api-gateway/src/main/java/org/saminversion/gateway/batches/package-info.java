/** Catalogues as batches: opened, uploaded, checked line by line, fed into the queue, and their results. */
package org.saminversion.gateway.batches;
