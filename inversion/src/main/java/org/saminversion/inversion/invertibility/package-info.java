/** Which space each segment of a photograph is inverted into, and the masks that follow from it. */
package org.saminversion.inversion.invertibility;
