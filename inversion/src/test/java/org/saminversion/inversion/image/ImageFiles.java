package org.saminversion.inversion.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Image files for tests, good and hostile. */
public final class ImageFiles {
    private ImageFiles() {}

    /** A picture in which every pixel differs from its neighbours. */
    public static RgbImage formula(int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    pixels[3 * (y * width + x) + c] = (byte) (x * x * 7 + y * 31 + c * 57 + x * y * (c + 3));
                }
            }
        }
        return new RgbImage(width, height, pixels);
    }

    public static RgbImage flat(int width, int height, int red, int green, int blue) {
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) red;
            pixels[i + 1] = (byte) green;
            pixels[i + 2] = (byte) blue;
        }
        return new RgbImage(width, height, pixels);
    }

    public static BufferedImage buffered(RgbImage image, int type) {
        BufferedImage out = new BufferedImage(image.width(), image.height(), type);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                out.setRGB(
                        x,
                        y,
                        0xff000000 | image.value(x, y, 0) << 16 | image.value(x, y, 1) << 8 | image.value(x, y, 2));
            }
        }
        return out;
    }

    public static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, format, stream)) {
                throw new IllegalArgumentException("no encoder for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static byte[] encoded(RgbImage image, String format) {
        return encoded(buffered(image, BufferedImage.TYPE_3BYTE_BGR), format);
    }

    /** A JPEG of the JDK with an EXIF orientation in front. */
    public static byte[] jpegWithOrientation(RgbImage image, int orientation) {
        byte[] jpeg = encoded(image, "jpeg");
        byte[] exif = exif(orientation);
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + exif.length + 10);
        out.put(jpeg, 0, 2).put(new byte[] {(byte) 0xff, (byte) 0xe1});
        out.putShort((short) (exif.length + 8)).put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1));
        return out.put(exif).put(jpeg, 2, jpeg.length - 2).array();
    }

    /** A JPEG of the JDK with a colour profile in front. */
    public static byte[] jpegWithProfile(RgbImage image, byte[] profile) {
        byte[] jpeg = encoded(image, "jpeg");
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + profile.length + 18);
        out.put(jpeg, 0, 2).put(new byte[] {(byte) 0xff, (byte) 0xe2});
        out.putShort((short) (profile.length + 16)).put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1));
        return out.put(profile).put(jpeg, 2, jpeg.length - 2).array();
    }

    public static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put("MM".getBytes(StandardCharsets.ISO_8859_1))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    /** A PNG file with right checksums: colour type and depth as in the PNG specification, raw scan lines with filter bytes. */
    public static byte[] png(int width, int height, int depth, int colourType, byte[] scanLines, byte[]... moreChunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) depth)
                .put((byte) colourType)
                .array();
        out.writeBytes(pngChunk("IHDR", header));
        for (byte[] chunk : moreChunks) {
            out.writeBytes(chunk);
        }
        out.writeBytes(pngChunk("IDAT", deflated(scanLines)));
        out.writeBytes(pngChunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    public static byte[] pngChunk(String type, byte[] data) {
        byte[] typed = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(data)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(typed);
        return ByteBuffer.allocate(typed.length + 8)
                .putInt(data.length)
                .put(typed)
                .putInt((int) checksum.getValue())
                .array();
    }

    public static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] out = new byte[data.length + 64];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    /** 12 x 8 pixels of (200, 60, 20), lossless. */
    public static byte[] webpLossless() {
        return base64("UklGRh4AAABXRUJQVlA4TBEAAAAvC8ABAAdQniKXov+BiOh/AAA=");
    }

    /** 12 x 8 pixels of (200, 60, 20), lossy. */
    public static byte[] webpLossy() {
        return base64("UklGRjoAAABXRUJQVlA4IC4AAADQAQCdASoMAAgAAUAmJaACdLoB+AADsAD+7tPf/mwK5rn3+//bQ/rQ/rQ/6UAA");
    }

    /** 12 x 8 pixels: the left half blue, the right half fully transparent. */
    public static byte[] webpTransparent() {
        return base64("UklGRigAAABXRUJQVlA4TBwAAAAvC8ABEA8wPIP8iv/9Dx4IBBKE/G22WyGi/5ED");
    }

    /** 12 x 8 pixels, two frames: (200, 60, 20), then blue. */
    public static byte[] webpAnimated() {
        return base64("UklGRoYAAABXRUJQVlA4WAoAAAACAAAACwAABwAAQU5JTQYAAAAAAAAAAABBTk1GKgAAAAAAAAAAAAsAAAcAAGQAAAJWUDhM"
                + "EQAAAC8LwAEAB1CeIpei/4GI6H8AAEFOTUYoAAAAAAAAAAAACwAABwAAZAAAAFZQOEwPAAAALwvAAQAHENH//gciov8BAA==");
    }

    /** 12 x 8 pixels of (200, 60, 20) with EXIF orientation 6. */
    public static byte[] webpTurned() {
        return base64("UklGRlIAAABXRUJQVlA4WAoAAAAIAAAACwAABwAAVlA4TBEAAAAvC8ABAAdQniKXov+BiOh/AABFWElGGgAAAE1NACoAAAAI"
                + "AAEBEgADAAAAAQAGAAAAAAAA");
    }

    /** 16 x 16 pixels of full magenta and yellow ink with an Adobe marker, that is, red. */
    public static byte[] jpegCmyk() {
        return base64(
                "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUV"
                        + "FQwPFxgWFBgSFBUU/8AAFAgAEAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIB"
                        + "AwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZH"
                        + "SElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV"
                        + "1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9U6/Kqvyqr9U6KKKKKKKKKKKK/9k=");
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }
}
