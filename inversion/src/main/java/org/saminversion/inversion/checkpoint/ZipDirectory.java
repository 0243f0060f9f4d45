package org.saminversion.inversion.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.inversion.file.InvalidFile;

/**
 * The entries of an uncompressed ZIP as slices of the file. PyTorch stores its storages uncompressed with sizes after the
 * data, which {@code java.util.zip} reads only by copying; here they are found through the central directory.
 */
final class ZipDirectory {
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_LOCATOR = 0x07064b50;
    private static final int END_BYTES = 22;
    private static final int COMMENT_BYTES_MAXIMUM = 0xffff;
    private static final int ENTRIES_MAXIMUM = 200_000;
    private static final int EXTRA_64 = 1;

    private final ByteBuffer bytes;
    private final String file;
    private final SortedMap<String, ByteBuffer> entries = new TreeMap<>();

    private ZipDirectory(ByteBuffer contents, String file) {
        this.bytes = contents.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.file = file;
    }

    static boolean isOne(ByteBuffer contents) {
        return contents.remaining() >= 4
                && contents.slice().order(ByteOrder.LITTLE_ENDIAN).getInt(0) == LOCAL_HEADER;
    }

    /** All entries by name. @throws org.saminversion.inversion.failure.JobFailure.Rejected if the directory is damaged */
    static SortedMap<String, ByteBuffer> entries(ByteBuffer contents, String file) {
        ZipDirectory directory = new ZipDirectory(contents, file);
        try {
            directory.read();
        } catch (IndexOutOfBoundsException | ArithmeticException failure) {
            throw InvalidFile.because(file, "its ZIP directory points outside the file", failure);
        }
        return Collections.unmodifiableSortedMap(directory.entries);
    }

    private void read() {
        int end = findEnd();
        long count = Short.toUnsignedInt(bytes.getShort(end + 10));
        long start = Integer.toUnsignedLong(bytes.getInt(end + 16));
        int locator = end - 20;
        if (locator >= 0 && bytes.getInt(locator) == END_64_LOCATOR) {
            int end64 = Math.toIntExact(bytes.getLong(locator + 8));
            if (bytes.getInt(end64) != END_64) {
                throw InvalidFile.because(file, "its ZIP64 directory is damaged");
            }
            count = bytes.getLong(end64 + 32);
            start = bytes.getLong(end64 + 48);
        }
        if (count < 0 || count > ENTRIES_MAXIMUM) {
            throw InvalidFile.because(file, "its ZIP directory claims " + count + " entries");
        }
        int at = Math.toIntExact(start);
        for (long i = 0; i < count; i++) {
            at = readEntry(at);
        }
    }

    private int findEnd() {
        int lowest = Math.max(0, bytes.limit() - END_BYTES - COMMENT_BYTES_MAXIMUM);
        for (int at = bytes.limit() - END_BYTES; at >= lowest; at--) {
            if (bytes.getInt(at) == END) {
                return at;
            }
        }
        throw InvalidFile.because(file, "it is a ZIP archive without a directory: it was cut short");
    }

    /** @return where the next entry of the directory begins */
    private int readEntry(int at) {
        if (bytes.getInt(at) != CENTRAL_HEADER) {
            throw InvalidFile.because(file, "its ZIP directory is damaged");
        }
        int flags = bytes.getShort(at + 8);
        int method = bytes.getShort(at + 10);
        int nameLength = Short.toUnsignedInt(bytes.getShort(at + 28));
        int extraLength = Short.toUnsignedInt(bytes.getShort(at + 30));
        int commentLength = Short.toUnsignedInt(bytes.getShort(at + 32));
        String name =
                StandardCharsets.UTF_8.decode(bytes.slice(at + 46, nameLength)).toString();
        long[] sizesAndOffset = {
            Integer.toUnsignedLong(bytes.getInt(at + 24)),
            Integer.toUnsignedLong(bytes.getInt(at + 20)),
            Integer.toUnsignedLong(bytes.getInt(at + 42))
        };
        widen(sizesAndOffset, at + 46 + nameLength, extraLength);
        if (method != 0 || (flags & 1) != 0 || sizesAndOffset[0] != sizesAndOffset[1]) {
            throw InvalidFile.because(
                    file,
                    "its entry '" + name
                            + "' is compressed or encrypted, which PyTorch never does: write the file again"
                            + " with torch.save");
        }
        if (entries.put(name, data(name, sizesAndOffset[0], sizesAndOffset[2])) != null) {
            throw InvalidFile.because(file, "it has two entries named '" + name + "'");
        }
        return at + 46 + nameLength + extraLength + commentLength;
    }

    /** Replaces the numbers that did not fit into 32 bits by those of the ZIP64 field, which come in this order. */
    private void widen(long[] numbers, int extra, int extraLength) {
        int at = extra;
        while (at + 4 <= extra + extraLength) {
            int length = Short.toUnsignedInt(bytes.getShort(at + 2));
            if (bytes.getShort(at) == EXTRA_64) {
                int value = at + 4;
                for (int i = 0; i < numbers.length; i++) {
                    if (numbers[i] == 0xffffffffL) {
                        numbers[i] = bytes.getLong(value);
                        value += 8;
                    }
                }
            }
            at += 4 + length;
        }
    }

    private ByteBuffer data(String name, long size, long offset) {
        int header = Math.toIntExact(offset);
        if (bytes.getInt(header) != LOCAL_HEADER) {
            throw InvalidFile.because(file, "its entry '" + name + "' does not lie where the ZIP directory says");
        }
        int start = header
                + 30
                + Short.toUnsignedInt(bytes.getShort(header + 26))
                + Short.toUnsignedInt(bytes.getShort(header + 28));
        return bytes.slice(start, Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
