/** The GPU worker: optimises the latents of a photograph and renders edits, on CUDA or CPU. */
package org.saminversion.gpu;
