package org.saminversion.inversion.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file, checked.
 *
 * @param essential the file with only the chunks that make the picture: compressed texts and profiles, which can unpack to
 *     gigabytes, never reach the decoder
 * @param exif the contents of the eXIf chunk
 */
record PngStructure(byte[] essential, Optional<byte[]> exif) {
    private static final int SIGNATURE_BYTES = 8;
    /** Length, type and checksum. */
    private static final int CHUNK_FRAME_BYTES = 12;

    private static final Set<String> ESSENTIAL = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    /** @throws UnreadableImageException if chunks are missing, cut off or damaged */
    static PngStructure of(byte[] file) {
        ByteArrayOutputStream essential = new ByteArrayOutputStream(file.length);
        essential.write(file, 0, SIGNATURE_BYTES);
        Optional<byte[]> exif = Optional.empty();
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int at = SIGNATURE_BYTES;
        String type = "";
        while (!type.equals("IEND")) {
            if (at + CHUNK_FRAME_BYTES > file.length) {
                throw new UnreadableImageException("the PNG file ends before its last chunk: it is truncated");
            }
            int length = buffer.getInt(at);
            type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > file.length - at - CHUNK_FRAME_BYTES) {
                throw new UnreadableImageException("the PNG file ends within its chunk " + type + ": it is truncated");
            }
            int end = at + length + CHUNK_FRAME_BYTES;
            if (ESSENTIAL.contains(type)) {
                requireChecksum(file, at + 4, length + 4, buffer.getInt(end - 4), type);
                essential.write(file, at, end - at);
            } else if (type.equals("eXIf")) {
                exif = Optional.of(Arrays.copyOfRange(file, at + 8, end - 4));
            }
            at = end;
        }
        return new PngStructure(essential.toByteArray(), exif);
    }

    private static void requireChecksum(byte[] file, int from, int count, int expected, String type) {
        CRC32 actual = new CRC32();
        actual.update(file, from, count);
        if ((int) actual.getValue() != expected) {
            throw new UnreadableImageException(
                    "the checksum of the PNG chunk " + type + " is wrong: the file is damaged");
        }
    }
}
