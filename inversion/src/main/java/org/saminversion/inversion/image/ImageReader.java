package org.saminversion.inversion.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;

/**
 * Reads JPEG (also CMYK and grey), PNG, GIF (the first frame), BMP and WebP files into opaque sRGB pictures: turned upright
 * by their EXIF orientation, 16 bits rounded to 8, transparent parts on white, embedded profiles of JPEG files converted.
 *
 * <p>Files are hostile until proven otherwise: sizes are checked by the header before anything is unpacked, and a picture
 * that is cut off is refused instead of half grey.
 */
public final class ImageReader {
    public static final long PIXELS_MAX = 64_000_000;
    public static final int FILE_BYTES_MAX = 64 << 20;

    private static final PixelLimit LIMIT = new PixelLimit(PIXELS_MAX);

    private ImageReader() {}

    /** Whether a file that begins so is an image of any format that we know, supported or not. */
    public static boolean isImage(byte[] firstBytes) {
        return ImageFormat.of(firstBytes).isPresent();
    }

    /**
     * @throws JobFailure.Rejected of kind {@code image-unreadable} (also if there is no such file), {@code
     *     image-unsupported} or {@code image-too-large}
     * @throws JobFailure.Transient if the disk fails
     */
    public static RgbImage read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new JobFailure.Rejected(
                        "image-unreadable", file + (Files.exists(file) ? " is not a file" : " does not exist"));
            }
            requireFileSize(Files.size(file));
            return read(Files.readAllBytes(file));
        } catch (JobFailure.Rejected e) {
            throw e.getMessage().contains(file.toString())
                    ? e
                    : new JobFailure.Rejected(e.kind(), file + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new JobFailure.Rejected("image-unreadable", file + " does not exist", e);
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * @throws JobFailure.Rejected of kind {@code image-unreadable}, {@code image-unsupported} or {@code image-too-large}
     * @throws JobFailure.Transient if the memory of this Java is too small for it; 512 MB are enough for 8-bit pictures
     */
    public static RgbImage read(byte[] file) {
        requireFileSize(file.length);
        ImageFormat format = ImageFormat.of(file)
                .orElseThrow(() -> new JobFailure.Rejected(
                        "image-unreadable",
                        (file.length == 0 ? "the file is empty" : "this is not an image") + "; send a "
                                + ImageFormat.SUPPORTED + " file"));
        if (!format.supported()) {
            throw new JobFailure.Rejected(
                    "image-unsupported",
                    format.label() + " images are not supported; convert it to " + ImageFormat.SUPPORTED);
        }
        try {
            return decode(file, format);
        } catch (JobFailure e) {
            throw e;
        } catch (OutOfMemoryError e) {
            // One array of many megabytes was refused: everything else is as healthy as before.
            throw new JobFailure.Transient(
                    "there is not memory enough to unpack this " + format.label()
                            + " image; send a smaller one, or give Java more (-Xmx)",
                    e);
        } catch (IOException | RuntimeException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new JobFailure.Rejected(
                    "image-unreadable",
                    "the " + format.label() + " image cannot be read: " + reason + ". Save it anew and try again.",
                    e);
        }
    }

    private static RgbImage decode(byte[] file, ImageFormat format) throws IOException {
        return switch (format) {
            case JPEG -> {
                JpegStructure.requireComplete(file);
                yield Orientation.upright(picture(file, format), Orientation.ofJpeg(file));
            }
            case PNG -> {
                PngStructure png = PngStructure.of(file);
                int orientation = png.exif().map(Orientation::ofExif).orElse(1);
                yield Orientation.upright(picture(png.essential(), format), orientation);
            }
            case WEBP -> {
                requireWholeRiff(file);
                yield Orientation.upright(picture(file, format), Orientation.ofWebp(file));
            }
            case BMP -> {
                checkBmpSize(file);
                yield picture(file, format);
            }
            default -> picture(file, format);
        };
    }

    /** The decoder knows only that more than 2 GiB of pixels do not fit, not that the picture is too large. */
    private static void checkBmpSize(byte[] file) {
        ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(14) >= 40) {
            LIMIT.check(header.getInt(18), Math.abs(header.getInt(22)));
        }
    }

    private static RgbImage picture(byte[] file, ImageFormat format) throws IOException {
        BufferedImage decoded = Decoder.decode(file, format, LIMIT);
        return OpaqueRgb.of(decoded);
    }

    private static void requireWholeRiff(byte[] file) {
        long length = Integer.toUnsignedLong(
                ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
        if (file.length < length + 8) {
            throw new UnreadableImageException("the file ends before the end of the picture: it is truncated");
        }
    }

    private static void requireFileSize(long bytes) {
        if (bytes > FILE_BYTES_MAX) {
            throw new JobFailure.Rejected(
                    "image-too-large",
                    "the file has " + bytes + " bytes; at most " + FILE_BYTES_MAX + " (" + (FILE_BYTES_MAX >> 20)
                            + " MiB) are accepted. Make the image smaller and try again.");
        }
    }

    /** The media type of a file that {@link #read} takes, such as {@code image/png}; empty for all other bytes. */
    public static Optional<String> mediaType(byte[] file) {
        return ImageFormat.of(file)
                .filter(ImageFormat::supported)
                .map(format -> "image/" + format.name().toLowerCase(Locale.ROOT));
    }
}
