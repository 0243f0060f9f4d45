/** The segmenter worker: finds how well each space reconstructs each segment of a photograph. */
package org.saminversion.segmenter;
