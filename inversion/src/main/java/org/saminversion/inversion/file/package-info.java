/**
 * The number files that bundles and results are made of: safetensors, and NumPy's {@code .npy} and {@code .npz}.
 *
 * <p>Whatever a file claims about itself is checked before memory is taken for it, and every failure of a file is a
 * {@link org.saminversion.inversion.failure.JobFailure.Rejected} of the kind {@code file-invalid} that names the file.
 */
package org.saminversion.inversion.file;
