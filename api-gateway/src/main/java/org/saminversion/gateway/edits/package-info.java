/** Further edits of finished inversions, and their pictures. */
package org.saminversion.gateway.edits;
