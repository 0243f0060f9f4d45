/** Cutting a photograph into segments, each of which gets one latent space. */
package org.saminversion.inversion.segment;
