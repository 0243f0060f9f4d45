package org.saminversion.inversion.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.saminversion.inversion.file.InvalidFile;

/** Reads a file front to back; every read past the end is refused. */
final class PickleInput {
    private static final int LINE_BYTES_MAXIMUM = 256;

    private final ByteBuffer bytes;
    private final String file;

    PickleInput(ByteBuffer contents, String file) {
        this.bytes = contents.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.file = file;
    }

    String file() {
        return file;
    }

    int position() {
        return bytes.position();
    }

    int remaining() {
        return bytes.remaining();
    }

    int unsignedByte() {
        return Byte.toUnsignedInt(require(1).get());
    }

    int unsignedShort() {
        return Short.toUnsignedInt(require(2).getShort());
    }

    int signedInt() {
        return require(4).getInt();
    }

    long unsignedInt() {
        return Integer.toUnsignedLong(require(4).getInt());
    }

    long signedLong() {
        return require(8).getLong();
    }

    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(require(8).getLong()));
    }

    /** The next bytes, without a copy. */
    ByteBuffer slice(long length) {
        require(length);
        ByteBuffer slice = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) length);
        return slice;
    }

    /** The text up to the next line feed, which is skipped. */
    String line() {
        int start = bytes.position();
        int length = 0;
        while (unsignedByte() != '\n') {
            if (++length > LINE_BYTES_MAXIMUM) {
                throw invalid("a name is longer than " + LINE_BYTES_MAXIMUM + " bytes");
            }
        }
        return StandardCharsets.UTF_8.decode(bytes.slice(start, length)).toString();
    }

    /** A failure that says where reading had come to. */
    RuntimeException invalid(String problem) {
        return InvalidFile.because(file, problem + " (at byte " + position() + " of its pickle)");
    }

    private ByteBuffer require(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw invalid("it is cut short or damaged: " + Long.toUnsignedString(length) + " more bytes are needed and "
                    + bytes.remaining() + " are left");
        }
        return bytes;
    }
}
