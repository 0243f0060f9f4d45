package org.saminversion.inversion.image;

/** Walks the markers of a JPEG file, because decoders fill what is missing with grey. */
final class JpegStructure {
    private static final int END_OF_IMAGE = 0xd9;

    private JpegStructure() {}

    /** @throws UnreadableImageException if the file ends before its end-of-image marker */
    static void requireComplete(byte[] file) {
        int at = nextMarker(file, 2);
        while (marker(file, at) != END_OF_IMAGE) {
            int marker = marker(file, at);
            at += 2;
            if (!standsAlone(marker)) {
                if (at + 2 > file.length) {
                    throw truncated();
                }
                at += (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
            }
            at = nextMarker(file, at);
        }
    }

    private static int marker(byte[] file, int at) {
        return file[at + 1] & 0xff;
    }

    /**
     * The place of the first marker from here on. Passes over what decoders pass over: entropy-coded data, where 0xFF is
     * followed by 0 or a restart, and stray or filling bytes between segments.
     */
    private static int nextMarker(byte[] file, int start) {
        for (int at = start; at + 1 < file.length; at++) {
            if (file[at] == (byte) 0xff) {
                int next = marker(file, at);
                if (next != 0 && next != 0xff && !(next >= 0xd0 && next <= 0xd7)) {
                    return at;
                }
            }
        }
        throw truncated();
    }

    /** Whether the marker has no length: start of image, and the temporary marker. */
    private static boolean standsAlone(int marker) {
        return marker == 0xd8 || marker == 0x01;
    }

    private static UnreadableImageException truncated() {
        return new UnreadableImageException("the JPEG file ends before the end of the picture: it is truncated");
    }
}
