package org.saminversion.inversion.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

/**
 * NumPy's {@code .npy}: one array of numbers.
 *
 * <p>Read: format versions 1 to 3, row-major and Fortran order, little- and big-endian f2 (widened to FLOAT32), f4, f8, i4,
 * i8, u1 and b1. Anything that could hold Python objects is refused. Written: version 1, row-major, little-endian.
 */
public final class NpyFile {
    private NpyFile() {}

    /**
     * @throws JobFailure.Rejected ({@code file-invalid}) if the file is missing or not such an array
     * @throws JobFailure.Transient if reading fails
     */
    public static Tensor read(Path path) {
        String file = path.toString();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer start = fill(channel, ByteBuffer.allocate(NpyHeader.PREFIX_BYTES_MAXIMUM), 0);
            ByteBuffer headerBytes = fill(channel, ByteBuffer.allocate(NpyHeader.length(start, file)), 0);
            NpyHeader header = NpyHeader.parse(headerBytes, file);
            requireData(header, channel.size() - header.length(), file);
            return decode(
                    header, fill(channel, ByteBuffer.allocateDirect((int) header.dataBytes()), header.length()), file);
        } catch (IOException failure) {
            throw InvalidFile.whileReading(file, failure);
        }
    }

    /**
     * Reads an array that is in memory, from position to limit.
     *
     * @throws JobFailure.Rejected ({@code file-invalid}) if it is not such an array
     */
    public static Tensor parse(ByteBuffer contents, String whatForMessages) {
        NpyHeader header = NpyHeader.parse(contents, whatForMessages);
        ByteBuffer data = contents.slice();
        requireData(header, data.remaining() - header.length(), whatForMessages);
        ByteBuffer own = ByteBuffer.allocateDirect((int) header.dataBytes()).put(data.position(header.length()));
        return decode(header, own.flip(), whatForMessages);
    }

    /** The file's bytes, for any element type. */
    public static byte[] toBytes(Tensor tensor) {
        byte[] header = header(tensor);
        ByteBuffer data = tensor.bytes();
        return ByteBuffer.allocate(Math.addExact(header.length, data.remaining()))
                .put(header)
                .put(data)
                .array();
    }

    /**
     * Writes the file whole or not at all.
     *
     * @throws JobFailure.Transient if it could not be written, for example on a full disk
     */
    public static void write(Path path, Tensor tensor) {
        AtomicFile.write(path, channel -> {
            for (ByteBuffer part : new ByteBuffer[] {ByteBuffer.wrap(header(tensor)), tensor.bytes()}) {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
        });
    }

    private static byte[] header(Tensor tensor) {
        return NpyHeader.version1(description(tensor.type()), tensor.shape());
    }

    private static String description(ElementType type) {
        return switch (type) {
            case FLOAT32 -> "<f4";
            case FLOAT64 -> "<f8";
            case INT32 -> "<i4";
            case INT64 -> "<i8";
            case UINT8 -> "|u1";
            case BOOL -> "|b1";
        };
    }

    static void requireData(NpyHeader header, long available, String file) {
        if (available != header.dataBytes()) {
            throw InvalidFile.because(
                    file,
                    "an array of shape " + header.shape() + " needs " + header.dataBytes() + " bytes, but " + available
                            + " follow the header");
        }
    }

    /** @param data the array's bytes, direct, not written to afterwards */
    static Tensor decode(NpyHeader header, ByteBuffer data, String file) {
        if (data.remaining() != header.dataBytes()) {
            throw InvalidFile.because(file, "it became shorter while it was read");
        }
        ByteBuffer rowMajor = data;
        if (header.fortranOrder() && header.shape().rank() > 1) {
            int[] sizes = header.shape().toArray();
            rowMajor = Strides.gather(data, header.type().bytes(), 0, sizes, Strides.columnMajor(sizes));
        }
        return header.type().adopt(rowMajor, header.order(), header.shape());
    }

    private static ByteBuffer fill(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // Until it is full or the file ends.
        }
        return buffer.flip();
    }
}
