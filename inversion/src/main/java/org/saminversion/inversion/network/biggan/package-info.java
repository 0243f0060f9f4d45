/** The class-conditional generator BigGAN-deep (spec networks.md 8). */
package org.saminversion.inversion.network.biggan;
