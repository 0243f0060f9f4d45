/** Encoders that give the style vectors of a photograph in one pass or a few (spec networks.md 4 and 5). */
package org.saminversion.inversion.network.encoder;
