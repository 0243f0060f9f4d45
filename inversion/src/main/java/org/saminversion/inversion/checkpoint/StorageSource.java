package org.saminversion.inversion.checkpoint;

import org.saminversion.inversion.checkpoint.PickleValue.Persistent;
import org.saminversion.inversion.file.InvalidFile;

/** Finds the data behind the persistent ids of one PyTorch container. */
@FunctionalInterface
interface StorageSource {
    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected if the container does not hold that storage whole */
    TorchStorage storage(Persistent reference);

    /** For plain pickles, which have no data outside. */
    static StorageSource none(String file) {
        return reference -> {
            throw InvalidFile.because(file, "it refers to data that is not in it");
        };
    }
}
