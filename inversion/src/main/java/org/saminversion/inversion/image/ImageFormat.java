package org.saminversion.inversion.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The image file formats that we know by their first bytes, and whether we read them. */
enum ImageFormat {
    JPEG("JPEG", true),
    PNG("PNG", true),
    GIF("GIF", true),
    BMP("BMP", true),
    WEBP("WebP", true),
    TIFF("TIFF", false),
    AVIF("AVIF", false),
    HEIC("HEIC", false),
    JPEG_XL("JPEG XL", false),
    JPEG_2000("JPEG 2000", false),
    ICON("ICO", false),
    PHOTOSHOP("PSD", false),
    PDF("PDF", false),
    SVG("SVG", false);

    static final String SUPPORTED = "JPEG, PNG, GIF, BMP or WebP";

    /** How far into a text file an SVG may begin, after its XML declaration and comments. */
    private static final int SVG_WITHIN_BYTES = 1024;

    private final String label;
    private final boolean supported;

    ImageFormat(String label, boolean supported) {
        this.label = label;
        this.supported = supported;
    }

    String label() {
        return label;
    }

    boolean supported() {
        return supported;
    }

    /** What the first bytes say; empty if they are of no image format that we know. */
    static Optional<ImageFormat> of(byte[] file) {
        if (begins(file, 0, 0xff, 0xd8, 0xff)) {
            return Optional.of(JPEG);
        } else if (begins(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            return Optional.of(PNG);
        } else if (begins(file, 0, 'G', 'I', 'F', '8')) {
            return Optional.of(GIF);
        } else if (begins(file, 0, 'B', 'M')) {
            return Optional.of(BMP);
        } else if (begins(file, 0, 'R', 'I', 'F', 'F') && begins(file, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of(WEBP);
        } else if (begins(file, 0, 'I', 'I', 42, 0) || begins(file, 0, 'M', 'M', 0, 42)) {
            return Optional.of(TIFF);
        } else if (begins(file, 4, 'f', 't', 'y', 'p')) {
            return isoBrand(file);
        } else if (begins(file, 0, 0xff, 0x0a) || begins(file, 4, 'J', 'X', 'L', ' ')) {
            return Optional.of(JPEG_XL);
        } else if (begins(file, 4, 'j', 'P', ' ', ' ') || begins(file, 0, 0xff, 0x4f, 0xff, 0x51)) {
            return Optional.of(JPEG_2000);
        } else if (begins(file, 0, 0, 0, 1, 0)) {
            return Optional.of(ICON);
        } else if (begins(file, 0, '8', 'B', 'P', 'S')) {
            return Optional.of(PHOTOSHOP);
        } else if (begins(file, 0, '%', 'P', 'D', 'F')) {
            return Optional.of(PDF);
        }
        String text = new String(file, 0, Math.min(file.length, SVG_WITHIN_BYTES), StandardCharsets.ISO_8859_1);
        return text.contains("<svg") ? Optional.of(SVG) : Optional.empty();
    }

    private static Optional<ImageFormat> isoBrand(byte[] file) {
        String brand = new String(Arrays.copyOfRange(file, 8, 12), StandardCharsets.ISO_8859_1);
        return switch (brand) {
            case "avif", "avis" -> Optional.of(AVIF);
            case "heic", "heix", "hevc", "heim", "heis", "mif1", "msf1" -> Optional.of(HEIC);
            default -> Optional.empty();
        };
    }

    private static boolean begins(byte[] file, int offset, int... expected) {
        if (file.length < offset + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((file[offset + i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
