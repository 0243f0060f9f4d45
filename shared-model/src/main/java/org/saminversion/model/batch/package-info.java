/** Catalogues: uploads, the lines in them, and their way into the queue. Nothing here reads a file format. */
package org.saminversion.model.batch;
