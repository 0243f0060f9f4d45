package org.saminversion.inversion.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.InvalidFile;
import org.saminversion.inversion.file.NpyFile;
import org.saminversion.inversion.file.NpzFile;
import org.saminversion.inversion.file.SafetensorsFile;

/**
 * Reads any checkpoint: safetensors, PyTorch's two formats, NVIDIA's two kinds of pickles, and NumPy's arrays. The file is mapped into
 * memory; tensors are decoded when they are asked for. Nothing in the file is executed.
 */
public final class CheckpointReader {
    /** The name that the only array of a {@code .npy} file goes by. */
    public static final String ARRAY = "array";

    private static final int PICKLE_PROTOCOL = 0x80;
    private static final int NUMPY = 0x93;
    /** Where the header of a ZIP entry has the length of its name, and the name. */
    private static final int ZIP_NAME_LENGTH_AT = 26;

    private static final int ZIP_NAME_AT = 30;
    /** Views of shared storages count once each, so that some slack over the file's own size is needed. */
    private static final long SIZE_FACTOR_MAXIMUM = 8;

    private static final long SIZE_SLACK_BYTES = 64L << 20;

    private CheckpointReader() {}

    /**
     * Reads a file, which must not change as long as tensors are loaded from the result.
     *
     * @throws JobFailure.Rejected ({@code file-invalid}) if the file is missing, larger than 2 GiB, damaged, of another
     *     kind, or mentions Python code that a checkpoint does not need
     * @throws JobFailure.Transient if reading fails
     */
    public static Checkpoint read(Path path) {
        String file = path.toString();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw InvalidFile.because(
                        file, "it has " + channel.size() + " bytes; at most " + Integer.MAX_VALUE + " are read");
            }
            ByteBuffer contents = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return isNumpyArchive(contents)
                    ? CheckpointRecognizer.recognize(flattenArchive(path))
                    : parse(contents, file);
        } catch (IOException failure) {
            throw InvalidFile.whileReading(file, failure);
        }
    }

    /**
     * Reads contents that are in memory, from position to limit; they must not change as long as tensors are loaded.
     *
     * @param whatForMessages how the reader of a failure knows these bytes
     */
    public static Checkpoint parse(ByteBuffer contents, String whatForMessages) {
        ByteBuffer own = contents.slice().order(ByteOrder.LITTLE_ENDIAN);
        Contents flat = flatten(own, whatForMessages);
        long total =
                flat.tensors().values().stream().mapToLong(StoredTensor::bytes).sum();
        if (total > SIZE_FACTOR_MAXIMUM * own.remaining() + SIZE_SLACK_BYTES) {
            throw InvalidFile.because(
                    whatForMessages, "its tensors would take " + total + " bytes, far more than the file holds");
        }
        return CheckpointRecognizer.recognize(flat);
    }

    /** The name of its first entry tells it from PyTorch's archives. */
    private static boolean isNumpyArchive(ByteBuffer contents) {
        if (!ZipDirectory.isOne(contents) || contents.remaining() < ZIP_NAME_AT) {
            return false;
        }
        int length = Short.toUnsignedInt(
                contents.duplicate().order(ByteOrder.LITTLE_ENDIAN).getShort(ZIP_NAME_LENGTH_AT));
        byte[] name = new byte[Math.min(length, contents.remaining() - ZIP_NAME_AT)];
        contents.duplicate().position(ZIP_NAME_AT).get(name);
        return new String(name, StandardCharsets.UTF_8).endsWith(".npy");
    }

    private static Contents flattenArchive(Path path) {
        try (NpzFile archive = NpzFile.open(path)) {
            TreeMap<String, StoredTensor> tensors = new TreeMap<>();
            archive.names().forEach(name -> tensors.put(name, StoredTensor.of(archive.tensor(name))));
            return new Contents(FileFormat.NUMPY_ARCHIVE, tensors, new TreeMap<>());
        }
    }

    private static Contents flatten(ByteBuffer contents, String file) {
        if (contents.remaining() >= 2 && Byte.toUnsignedInt(contents.get(0)) == NUMPY && contents.get(1) == 'N') {
            StoredTensor array = StoredTensor.of(NpyFile.parse(contents, file));
            return new Contents(FileFormat.NUMPY_ARRAY, new TreeMap<>(Map.of(ARRAY, array)), new TreeMap<>());
        }
        if (LegacyTorchStream.isOne(contents)) {
            TorchContainer container = LegacyTorchStream.parse(contents, file);
            return ObjectFlattener.flatten(container.root(), container.storages(), FileFormat.TORCH_LEGACY, file);
        }
        if (ZipDirectory.isOne(contents)) {
            TorchContainer container = TorchZip.parse(contents, file);
            return ObjectFlattener.flatten(container.root(), container.storages(), FileFormat.TORCH_ZIP, file);
        }
        if (contents.remaining() >= 2 && Byte.toUnsignedInt(contents.get(0)) == PICKLE_PROTOCOL) {
            return flattenPickle(PickleMachine.load(new PickleInput(contents, file)), file);
        }
        if (contents.remaining() > 8 && contents.get(8) == '{') {
            return flattenSafetensors(SafetensorsFile.parse(contents, file));
        }
        throw InvalidFile.because(
                file, "it is none of the formats that are read: safetensors, PyTorch, NVIDIA pickle, NumPy");
    }

    private static Contents flattenPickle(PickleValue root, String file) {
        StorageSource nothing = StorageSource.none(file);
        Optional<PickleValue> torch = NvidiaPickles.torchGenerator(root);
        if (torch.isPresent()) {
            return ObjectFlattener.flatten(torch.get(), nothing, FileFormat.NVIDIA_PYTORCH, file);
        }
        Optional<PickleValue> tensorFlow = NvidiaPickles.tensorFlowGenerator(root);
        if (tensorFlow.isPresent()) {
            return ObjectFlattener.flatten(tensorFlow.get(), nothing, FileFormat.NVIDIA_TENSORFLOW, file);
        }
        return ObjectFlattener.flatten(root, nothing, FileFormat.PICKLE, file);
    }

    private static Contents flattenSafetensors(SafetensorsFile file) {
        TreeMap<String, StoredTensor> tensors = new TreeMap<>();
        file.tensors().forEach((name, tensor) -> tensors.put(name, StoredTensor.of(tensor)));
        return new Contents(FileFormat.SAFETENSORS, tensors, new TreeMap<>(file.metadata()));
    }
}
