/** Networks that say something about every pixel: segmenters and the invertibility network (spec networks.md 6 and 7). */
package org.saminversion.inversion.network.segmentation;
