package org.saminversion.inversion.image;

/** Walks the markers of a JPEG file, because decoders fill what is missing with grey. */
final class JpegStructure {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;

    private JpegStructure() {}

    /** @throws UnreadableImageException if the file ends before its end-of-image marker */
    static void requireComplete(byte[] file) {
        int at = 2;
        while (true) {
            int marker = markerAt(file, at);
            at += 2;
            if (marker == 0xff) {
                // A fill byte: the marker begins one byte later.
                at--;
            } else if (marker == END_OF_IMAGE) {
                return;
            } else if (!standsAlone(marker)) {
                if (at + 2 > file.length) {
                    throw truncated();
                }
                at += (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
                if (marker == START_OF_SCAN) {
                    at = endOfScan(file, at);
                }
            }
        }
    }

    private static int markerAt(byte[] file, int at) {
        if (at + 2 > file.length) {
            throw truncated();
        }
        if (file[at] != (byte) 0xff) {
            throw new UnreadableImageException("no JPEG marker at byte " + at + ", where one must stand");
        }
        return file[at + 1] & 0xff;
    }

    /** Whether the marker has no length: restarts, start of image, and the temporary marker. */
    private static boolean standsAlone(int marker) {
        return marker >= 0xd0 && marker <= 0xd8 || marker == 0x01;
    }

    /** The place of the first marker after entropy-coded data, where 0xFF is followed by 0 or a restart. */
    private static int endOfScan(byte[] file, int start) {
        for (int at = start; at + 1 < file.length; at++) {
            if (file[at] == (byte) 0xff) {
                int next = file[at + 1] & 0xff;
                if (next != 0 && next != 0xff && !(next >= 0xd0 && next <= 0xd7)) {
                    return at;
                }
            }
        }
        throw truncated();
    }

    private static UnreadableImageException truncated() {
        return new UnreadableImageException("the JPEG file ends before the end of the picture: it is truncated");
    }
}
