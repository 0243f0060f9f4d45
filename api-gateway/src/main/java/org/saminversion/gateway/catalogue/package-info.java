/** Reads catalogues line by line: CSV, JSON lines, lists of URLs, and archives of images. It knows nothing of HTTP or stores. */
package org.saminversion.gateway.catalogue;
