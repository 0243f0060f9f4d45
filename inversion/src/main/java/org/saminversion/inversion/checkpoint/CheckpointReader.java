package org.saminversion.inversion.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.TreeMap;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.InvalidFile;
import org.saminversion.inversion.file.SafetensorsFile;

/**
 * Reads any checkpoint: safetensors, PyTorch's two formats, and NVIDIA's two kinds of pickles. The file is mapped into
 * memory; tensors are decoded when they are asked for. Nothing in the file is executed.
 */
public final class CheckpointReader {
    private static final int PICKLE_PROTOCOL = 0x80;
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
            return parse(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), file);
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

    private static Contents flatten(ByteBuffer contents, String file) {
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
                file, "it is none of the checkpoint formats that are read: safetensors, PyTorch, NVIDIA pickle");
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
