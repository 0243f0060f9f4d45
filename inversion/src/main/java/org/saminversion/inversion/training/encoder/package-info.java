/** Training of encoders: photographs to style vectors, and to deltas of feature spaces. */
package org.saminversion.inversion.training.encoder;
