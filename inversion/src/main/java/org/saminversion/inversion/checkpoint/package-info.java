/**
 * Reads the checkpoints that others publish (NVIDIA's and PyTorch's) and turns them into tensors under the names that this
 * project uses.
 *
 * <p>Such files are Python pickles: small programs. Nothing here executes them. The pickle machine builds inert values,
 * knows no class, refuses every name outside a list, and bounds what a file can make it do; a second step reads tensors
 * out of those values. The decision is recorded in {@code docs/adr/0005-pickle.md}.
 */
package org.saminversion.inversion.checkpoint;
