package org.saminversion.inversion.checkpoint;

import java.nio.ByteBuffer;
import org.saminversion.inversion.file.InvalidFile;

/**
 * What one PyTorch file holds: the pickled object, and the storages that it refers to.
 *
 * @param root the object given to {@code torch.save}
 */
record TorchContainer(PickleValue root, StorageSource storages) {
    static boolean isOne(ByteBuffer contents) {
        return LegacyTorchStream.isOne(contents) || ZipDirectory.isOne(contents);
    }

    static TorchContainer parse(ByteBuffer contents, String file) {
        if (LegacyTorchStream.isOne(contents)) {
            return LegacyTorchStream.parse(contents, file);
        }
        if (ZipDirectory.isOne(contents)) {
            return TorchZip.parse(contents, file);
        }
        throw InvalidFile.because(file, "it is not a PyTorch file");
    }
}
