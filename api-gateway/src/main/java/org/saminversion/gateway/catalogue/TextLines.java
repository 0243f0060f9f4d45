package org.saminversion.gateway.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;

/** Lines of UTF-8 text from bytes of which nothing is known. Lines end with LF or CR LF; a mark at the start is skipped. */
final class TextLines {
    static final int LINE_BYTES_MAX = 64 << 10;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Of all lines together: an archive can hold a manifest that has no end worth mentioning. */
    static final long TEXT_BYTES_MAX = 1L << 30;

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private long textBytes;

    /** @param in buffered */
    TextLines(InputStream in) {
        this.in = in;
    }

    /**
     * Empty after the last line.
     *
     * @throws JobFailure.Rejected if the text is not in UTF-8 at all
     */
    Optional<TextLine> next() throws IOException {
        line.reset();
        int octet = in.read();
        if (octet < 0) {
            return Optional.empty();
        }
        long length = 0;
        for (; octet >= 0 && octet != '\n'; octet = in.read()) {
            if (++length <= LINE_BYTES_MAX) {
                line.write(octet);
            }
        }
        number++;
        textBytes += length;
        if (textBytes > TEXT_BYTES_MAX) {
            throw new JobFailure.Rejected(
                    "batch-too-large", "The manifest has more than " + TEXT_BYTES_MAX + " bytes. Split it.");
        }
        if (number == 1) {
            requireUtf8(line.toByteArray());
        }
        if (length > LINE_BYTES_MAX) {
            return Optional.of(fault("The line has " + length + " bytes; at most " + LINE_BYTES_MAX + " are read."));
        }
        return Optional.of(decode(line.toByteArray()));
    }

    private TextLine decode(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return fault("The line is not UTF-8 text. Save the file with the encoding UTF-8.");
        }
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        if (number == 1 && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        return text.chars().anyMatch(c -> c < ' ' && c != '\t')
                ? fault("The line holds control characters, so it is not text.")
                : new TextLine(number, text, "");
    }

    private TextLine fault(String reason) {
        return new TextLine(number, "", reason);
    }

    private static void requireUtf8(byte[] start) {
        boolean utf16 = start.length >= 2
                && (start[0] == (byte) 0xFF && start[1] == (byte) 0xFE
                        || start[0] == (byte) 0xFE && start[1] == (byte) 0xFF);
        if (utf16) {
            throw new JobFailure.Rejected(
                    "line-malformed",
                    "The manifest is UTF-16 text. Save it with the encoding UTF-8 and send it again.");
        }
    }
}
