package org.saminversion.gateway.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageReader;

/**
 * A ZIP archive of which nothing is believed. Names stay names (nothing is unpacked to a disk), sizes are those that come
 * out, and the archive as a whole may not swell to more than a multiple of itself.
 */
final class Archive implements AutoCloseable {
    /** Pictures are compressed already: what swells more than this is a bomb. */
    static final int INFLATION_MAX = 20;

    private static final long INFLATED_FREE_BYTES = 256L << 20;
    private static final String INVALID = "archive-entry-invalid";

    private final ZipFile zip;
    private final long inflatedBytesMax;
    private long inflatedBytes;

    /** @throws JobFailure.Rejected of kind {@code archive-unreadable} */
    Archive(SeekableByteChannel channel) throws IOException {
        this.inflatedBytesMax = INFLATION_MAX * channel.size() + INFLATED_FREE_BYTES;
        try {
            this.zip = ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (IOException | IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new JobFailure.Rejected(
                    "archive-unreadable",
                    "The upload is not a ZIP archive, or not all of it: " + e.getMessage() + ". Pack it anew.",
                    e);
        }
    }

    /** Files, in the order in which they lie in the archive, without what operating systems add by themselves. */
    List<ZipArchiveEntry> files() {
        List<ZipArchiveEntry> files = new ArrayList<>();
        for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
            if (!entry.isDirectory() && !isClutter(entry.getName())) {
                files.add(entry);
            }
        }
        return files;
    }

    /** @throws JobFailure.Rejected if there is none or more than one */
    ZipArchiveEntry find(String name) {
        List<ZipArchiveEntry> found = new ArrayList<>();
        zip.getEntries(name).forEach(found::add);
        if (found.size() != 1) {
            throw new JobFailure.Rejected(
                    INVALID,
                    "The archive has " + (found.isEmpty() ? "no file" : "several files") + " named \"" + name + "\".");
        }
        return found.get(0);
    }

    /** @throws JobFailure.Rejected if the entry is not an honest file of at most {@link ImageReader#FILE_BYTES_MAX} bytes */
    byte[] read(ZipArchiveEntry entry) {
        requireHonest(entry);
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readNBytes(ImageReader.FILE_BYTES_MAX + 1);
        } catch (IOException | IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw cannotUnpack(entry, e);
        }
        inflatedBytes += bytes.length;
        if (bytes.length > ImageReader.FILE_BYTES_MAX) {
            throw new JobFailure.Rejected(
                    "image-too-large", "The file has more than " + ImageReader.FILE_BYTES_MAX + " bytes.");
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        if (entry.getCrc() != checksum.getValue()) {
            throw new JobFailure.Rejected(INVALID, "The file is damaged: its checksum is wrong. Pack it anew.");
        }
        return bytes;
    }

    /** For the manifest, which is read as a stream. */
    InputStream stream(ZipArchiveEntry entry) {
        requireHonest(entry);
        try {
            return zip.getInputStream(entry);
        } catch (IOException | IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw cannotUnpack(entry, e);
        }
    }

    private static JobFailure.Rejected cannotUnpack(ZipArchiveEntry entry, Exception reason) {
        return new JobFailure.Rejected(
                INVALID, "The file " + entry.getName() + " cannot be unpacked: " + reason.getMessage() + ".", reason);
    }

    private void requireHonest(ZipArchiveEntry entry) {
        requireSafe(entry.getName());
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw new JobFailure.Rejected(INVALID, "The file is encrypted. Pack it without a password.");
        }
        if (entry.isUnixSymlink() || !zip.canReadEntryData(entry)) {
            throw new JobFailure.Rejected(
                    INVALID, "The file is a link, or packed by a method that is not supported. Use deflate.");
        }
        if (inflatedBytes > inflatedBytesMax) {
            throw new JobFailure.Rejected(
                    INVALID,
                    "The archive swells to more than " + INFLATION_MAX + " times its size; the rest is not unpacked.");
        }
    }

    /** Nobody unpacks to these names here, but they go on into results, which somebody unpacks. */
    static void requireSafe(String name) {
        boolean unsafe = name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.matches("(?s)[A-Za-z]:.*")
                || List.of(name.split("/", -1)).contains("..")
                || name.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
        if (unsafe) {
            throw new JobFailure.Rejected(
                    INVALID, "A file's name must be a plain relative path in UTF-8, without \"..\" and backslashes.");
        }
    }

    private static boolean isClutter(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return name.startsWith("__MACOSX/") || last.startsWith(".") || last.equals("Thumbs.db");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
