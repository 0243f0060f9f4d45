package org.saminversion.inversion.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

/**
 * The contents of a safetensors file: named tensors and text about them.
 *
 * <p>Layout: the header's length as a little-endian 64-bit number, a JSON header, then the tensors without holes. F32, F64,
 * I32, I64, U8 and BOOL keep their type; F16 and BF16 become FLOAT32. Nothing in such a file can execute.
 */
public final class SafetensorsFile {
    private static final int PREFIX_BYTES = Long.BYTES;

    private final String file;
    private final SortedMap<String, Tensor> tensors;
    private final Map<String, String> metadata;
    private final SortedSet<String> halfPrecision;

    private SafetensorsFile(
            String file, Map<String, Tensor> tensors, Map<String, String> metadata, Set<String> halfPrecision) {
        this.file = file;
        this.tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
        this.metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        this.halfPrecision = Collections.unmodifiableSortedSet(new TreeSet<>(halfPrecision));
    }

    /** Contents that are not in a file yet. */
    public static SafetensorsFile of(Map<String, Tensor> tensors, Map<String, String> metadata) {
        return new SafetensorsFile("these tensors", tensors, metadata, Set.of());
    }

    /**
     * Reads a file of any size; each tensor gets memory of its own.
     *
     * @throws JobFailure.Rejected ({@code file-invalid}) if the file is missing or anything in it is wrong
     * @throws JobFailure.Transient if reading fails
     */
    public static SafetensorsFile read(Path path) {
        String file = path.toString();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return parse(new ChannelBytes(channel, file), channel.size(), file);
        } catch (IOException failure) {
            throw InvalidFile.whileReading(file, failure);
        }
    }

    /**
     * Reads contents that are in memory, from position to limit; the tensors are copies.
     *
     * @param whatForMessages how the reader of a failure knows these bytes
     * @throws JobFailure.Rejected ({@code file-invalid}) if anything in it is wrong
     */
    public static SafetensorsFile parse(ByteBuffer contents, String whatForMessages) {
        ByteBuffer own = contents.slice();
        try {
            return parse(
                    (offset, length) -> ByteBuffer.allocateDirect(length)
                            .put(own.slice((int) offset, length))
                            .flip(),
                    own.remaining(),
                    whatForMessages);
        } catch (IOException impossible) {
            throw new JobFailure.Bug("reading from memory failed", impossible);
        }
    }

    private static SafetensorsFile parse(Bytes bytes, long length, String file) throws IOException {
        if (length < PREFIX_BYTES) {
            throw InvalidFile.because(file, "it has " + length + " bytes: this is not a safetensors file");
        }
        long headerLength =
                bytes.at(0, PREFIX_BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        if (headerLength < 2
                || headerLength > length - PREFIX_BYTES
                || headerLength > SafetensorsHeader.HEADER_BYTES_MAXIMUM) {
            throw InvalidFile.because(
                    file,
                    "it claims a header of " + Long.toUnsignedString(headerLength) + " bytes in a file of " + length
                            + " (at most " + SafetensorsHeader.HEADER_BYTES_MAXIMUM
                            + " are read): it is cut short or not a safetensors file");
        }
        long dataStart = PREFIX_BYTES + headerLength;
        SafetensorsHeader header =
                SafetensorsHeader.parse(bytes.at(PREFIX_BYTES, (int) headerLength), length - dataStart, file);
        Map<String, Tensor> tensors = new TreeMap<>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            ByteBuffer stored = bytes.at(dataStart + entry.begin(), (int) (entry.end() - entry.begin()));
            tensors.put(entry.name(), entry.type().stored().adopt(stored, ByteOrder.LITTLE_ENDIAN, entry.shape()));
        }
        return new SafetensorsFile(file, tensors, header.metadata(), Set.of());
    }

    /** All tensors by name. */
    public SortedMap<String, Tensor> tensors() {
        return tensors;
    }

    /** The text under {@code __metadata__}, by key. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** @throws JobFailure.Rejected ({@code file-invalid}) if there is none, with the names that come near */
    public Tensor tensor(String name) {
        Tensor found = tensors.get(name);
        if (found == null) {
            throw InvalidFile.because(
                    file,
                    "there is no tensor '" + name + "'"
                            + (tensors.isEmpty()
                                    ? "; it has none at all"
                                    : "; the nearest of " + tensors.size() + " names are "
                                            + String.join(", ", NearNames.to(name, tensors.keySet()))));
        }
        return found;
    }

    /**
     * The same contents, to be written with these FLOAT32 tensors in half precision (11 significant bits). A tensor with
     * a finite value beyond 65504 is written in full all the same, because half precision would make it infinite.
     *
     * @throws IllegalArgumentException if a name is unknown or its tensor is not FLOAT32
     */
    public SafetensorsFile withHalfPrecision(Set<String> names) {
        for (String name : names) {
            if (!tensors.containsKey(name) || tensors.get(name).type() != ElementType.FLOAT32) {
                throw new IllegalArgumentException("'" + name + "' is not one of the FLOAT32 tensors");
            }
        }
        return new SafetensorsFile(file, tensors, metadata, names);
    }

    /** The file's bytes; equal contents give equal bytes. @throws IllegalStateException from 2 GiB on */
    public byte[] toBytes() {
        return new SafetensorsWriter(tensors, metadata, halfPrecision).toBytes();
    }

    /**
     * Writes the file whole or not at all.
     *
     * @throws JobFailure.Transient if it could not be written, for example on a full disk
     */
    public void write(Path path) {
        AtomicFile.write(path, new SafetensorsWriter(tensors, metadata, halfPrecision)::writeTo);
    }

    /** Equal when names, tensors and metadata are; where they came from and how they will be stored does not count. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SafetensorsFile that && tensors.equals(that.tensors) && metadata.equals(that.metadata);
    }

    @Override
    public int hashCode() {
        return 31 * tensors.hashCode() + metadata.hashCode();
    }

    @Override
    public String toString() {
        return file + " with " + tensors.size() + " tensors";
    }

    /** Random access to contents; each call gives a direct buffer that nobody else sees. */
    @FunctionalInterface
    private interface Bytes {
        ByteBuffer at(long offset, int length) throws IOException;
    }

    private record ChannelBytes(FileChannel channel, String file) implements Bytes {
        @Override
        public ByteBuffer at(long offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocateDirect(length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw InvalidFile.because(file, "it became shorter while it was read");
                }
            }
            return buffer.flip();
        }
    }
}
