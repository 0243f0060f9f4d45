/** Photographs: read safely, resampled as Pillow does, laid out as the generator needs them, and written as PNG. */
package org.saminversion.inversion.image;
