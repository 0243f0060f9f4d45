package org.saminversion.graph;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The large constants of a model in a temporary file, which ONNX Runtime maps into its memory. Inside of the model they would be
 * copied three times on their way, ONNX Runtime would keep one more copy of those of a loop's body with the loop's attributes, and
 * a model has at most two gibibytes.
 */
final class LargeConstants implements AutoCloseable {
    private static final int BYTES_MIN = 1 << 16;
    /** That of a page: mapped tensors begin at addresses that suit every kernel. */
    private static final long ALIGNMENT = 4096;

    private Path file;
    private FileChannel channel;
    private long bytes;

    /** Whether a tensor should be put here. */
    static boolean isLarge(Tensor tensor) {
        return tensor.bytes().remaining() >= BYTES_MIN;
    }

    /** Writes a tensor and tells the model where it is. */
    void put(Tensor tensor, TensorProto.Builder proto) {
        ByteBuffer unwritten = tensor.bytes();
        int length = unwritten.remaining();
        bytes += length;
        try {
            if (channel == null) {
                file = Files.createTempFile("sam-constants-", ".bin");
                channel = FileChannel.open(file, StandardOpenOption.WRITE);
            }
            long offset = (channel.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            channel.position(offset);
            while (unwritten.hasRemaining()) {
                channel.write(unwritten);
            }
            proto.setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(entry("location", file.getFileName().toString()))
                    .addExternalData(entry("offset", Long.toString(offset)))
                    .addExternalData(entry("length", Integer.toString(length)));
        } catch (IOException e) {
            throw new UncheckedIOException("a program's constants could not be written to " + file, e);
        }
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** Of all tensors together. */
    long bytes() {
        return bytes;
    }

    /** The folder of the file, if there is one. */
    Optional<Path> folder() {
        return Optional.ofNullable(file).map(Path::getParent);
    }

    /** Removes the file; what has been mapped of it stays. */
    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file " + file + " could not be removed", e);
        }
    }
}
