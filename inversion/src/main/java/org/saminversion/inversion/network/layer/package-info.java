/** Layers that several networks share: named tensors, folded normalisations, residual blocks, resizing. */
package org.saminversion.inversion.network.layer;
