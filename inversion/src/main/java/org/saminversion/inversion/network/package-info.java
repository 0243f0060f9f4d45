/**
 * The networks as graph builders over named weights (spec networks.md). Weights are constants of the graph, in the layout of
 * the official checkpoints.
 */
package org.saminversion.inversion.network;
