package org.saminversion.inversion.image;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.riff.RiffProcessingException;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** How a camera was held, by the EXIF orientation 1 to 8. Damaged EXIF data counts as upright. */
final class Orientation {
    private static final int UPRIGHT = 1;

    private Orientation() {}

    static int ofJpeg(byte[] file) {
        try {
            return of(JpegMetadataReader.readMetadata(new ByteArrayInputStream(file), List.of(new ExifReader())));
        } catch (JpegProcessingException | IOException e) {
            return UPRIGHT;
        }
    }

    static int ofWebp(byte[] file) {
        try {
            return of(WebpMetadataReader.readMetadata(new ByteArrayInputStream(file)));
        } catch (RiffProcessingException | IOException e) {
            return UPRIGHT;
        }
    }

    /** @param exif a bare EXIF block, as PNG files hold it */
    static int ofExif(byte[] exif) {
        Metadata metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(exif), metadata);
        return of(metadata);
    }

    private static int of(Metadata metadata) {
        return metadata.getDirectoriesOfType(ExifIFD0Directory.class).stream()
                .map(directory -> directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION))
                .filter(value -> value != null && value >= 1 && value <= 8)
                .findFirst()
                .orElse(UPRIGHT);
    }

    /** Turns and mirrors a picture as its orientation asks. */
    static RgbImage upright(RgbImage image, int orientation) {
        if (orientation == UPRIGHT) {
            return image;
        }
        boolean swapsAxes = orientation >= 5;
        int width = swapsAxes ? image.height() : image.width();
        int height = swapsAxes ? image.width() : image.height();
        byte[] out = new byte[image.pixels().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int sourceX = sourceX(orientation, x, y, image);
                int sourceY = sourceY(orientation, x, y, image);
                System.arraycopy(image.pixels(), 3 * (sourceY * image.width() + sourceX), out, 3 * (y * width + x), 3);
            }
        }
        return new RgbImage(width, height, out);
    }

    private static int sourceX(int orientation, int x, int y, RgbImage image) {
        return switch (orientation) {
            case 2, 3 -> image.width() - 1 - x;
            case 4 -> x;
            case 5, 6 -> y;
            default -> image.width() - 1 - y;
        };
    }

    private static int sourceY(int orientation, int x, int y, RgbImage image) {
        return switch (orientation) {
            case 2 -> y;
            case 3, 4 -> image.height() - 1 - y;
            case 5, 8 -> x;
            default -> image.height() - 1 - x;
        };
    }
}
