package org.saminversion.inversion.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

/**
 * NumPy's {@code .npz}: a ZIP of {@code .npy} arrays, stored or deflated. Arrays are read one at a time when asked for, so
 * memory holds only those in use.
 */
public final class NpzFile implements AutoCloseable {
    private static final int ENTRIES_MAXIMUM = 100_000;
    /** Deflate cannot shrink data further than this, so that a small file cannot claim a large array. */
    private static final long DEFLATE_RATIO_MAXIMUM = 1032;

    private static final String SUFFIX = ".npy";

    private final String file;
    private final ZipFile zip;
    private final SortedMap<String, ZipEntry> entries;

    private NpzFile(String file, ZipFile zip, SortedMap<String, ZipEntry> entries) {
        this.file = file;
        this.zip = zip;
        this.entries = entries;
    }

    /**
     * Opens the file and reads its table of contents.
     *
     * @throws JobFailure.Rejected ({@code file-invalid}) if the file is missing or not a ZIP
     * @throws JobFailure.Transient if reading fails
     */
    public static NpzFile open(Path path) {
        String file = path.toString();
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException | EOFException | IllegalArgumentException failure) {
            throw InvalidFile.because(file, "it is not a readable ZIP archive: " + failure.getMessage(), failure);
        } catch (IOException failure) {
            throw InvalidFile.whileReading(file, failure);
        }
        try {
            return new NpzFile(file, zip, contents(zip, file));
        } catch (JobFailure failure) {
            closeQuietly(zip);
            throw failure;
        }
    }

    private static SortedMap<String, ZipEntry> contents(ZipFile zip, String file) {
        SortedMap<String, ZipEntry> entries = new TreeMap<>();
        try {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (!entry.getName().endsWith(SUFFIX)) {
                    continue;
                }
                String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                if (entries.put(name, entry) != null) {
                    throw InvalidFile.because(file, "it has two arrays named '" + name + "'");
                }
                if (entries.size() > ENTRIES_MAXIMUM) {
                    throw InvalidFile.because(file, "it has more than " + ENTRIES_MAXIMUM + " arrays");
                }
            }
        } catch (IllegalArgumentException failure) {
            throw InvalidFile.because(file, "its table of contents is damaged", failure);
        }
        return entries;
    }

    /** The names of the arrays, without {@code .npy}. */
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet((SortedSet<String>) entries.keySet());
    }

    /**
     * Reads one array.
     *
     * @throws JobFailure.Rejected ({@code file-invalid}) if there is none of that name or it is damaged
     */
    public Tensor tensor(String name) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw InvalidFile.because(
                    file,
                    "there is no array '" + name + "'; the nearest names are "
                            + String.join(", ", NearNames.to(name, entries.keySet())));
        }
        String what = file + ", array '" + name + "'";
        CRC32 checksum = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
            Tensor tensor = read(in, entry, what);
            if (checksum.getValue() != entry.getCrc()) {
                throw InvalidFile.because(what, "its checksum is wrong: the file was damaged");
            }
            return tensor;
        } catch (ZipException | IllegalArgumentException failure) {
            throw InvalidFile.because(what, "it is damaged: " + failure.getMessage(), failure);
        } catch (EOFException failure) {
            throw InvalidFile.because(what, "it is cut short", failure);
        } catch (IOException failure) {
            throw InvalidFile.whileReading(file, failure);
        }
    }

    private static Tensor read(InputStream in, ZipEntry entry, String what) throws IOException {
        long size = entry.getSize();
        if (size < 0 || size > (entry.getCompressedSize() + 1) * DEFLATE_RATIO_MAXIMUM) {
            throw InvalidFile.because(what, "it claims " + size + " bytes, which its compressed form cannot hold");
        }
        byte[] prefix = in.readNBytes(NpyHeader.PREFIX_BYTES_MAXIMUM);
        int headerLength = NpyHeader.length(ByteBuffer.wrap(prefix), what);
        ByteBuffer headerBytes = ByteBuffer.allocate(Math.max(headerLength, prefix.length))
                .put(prefix)
                .put(in.readNBytes(Math.max(0, headerLength - prefix.length)))
                .flip();
        NpyHeader header = NpyHeader.parse(headerBytes, what);
        NpyFile.requireData(header, size - headerLength, what);
        ByteBuffer data = ByteBuffer.allocateDirect((int) header.dataBytes());
        data.put(headerBytes.position(headerLength));
        byte[] chunk = new byte[64 << 10];
        while (data.hasRemaining()) {
            int count = in.read(chunk, 0, Math.min(chunk.length, data.remaining()));
            if (count < 0) {
                throw InvalidFile.because(what, "it is cut short");
            }
            data.put(chunk, 0, count);
        }
        return NpyFile.decode(header, data.flip(), what);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " could not be closed", failure);
        }
    }

    private static void closeQuietly(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException ignored) {
            // The failure that led here is the one to report.
        }
    }
}
