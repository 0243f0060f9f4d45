/** The inverted photograph and its file. */
package org.saminversion.inversion.latent;
