package org.saminversion.inversion.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.AtomicFile;

/** Writes pictures as PNG files; the same picture always gives the same bytes on one JDK. */
public final class PngWriter {
    private PngWriter() {}

    public static byte[] toBytes(RgbImage image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[image.width()];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = image.value(x, y, 0) << 16 | image.value(x, y, 1) << 8 | image.value(x, y, 2);
            }
            buffered.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(buffered, "png", stream)) {
                throw new IllegalStateException("this Java has no PNG encoder");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return out.toByteArray();
    }

    /**
     * Writes the whole file or nothing: it appears under its name when it is complete, and replaces an older one.
     *
     * @throws JobFailure.Transient if the disk fails or is full
     */
    public static void write(RgbImage image, Path file) {
        ByteBuffer bytes = ByteBuffer.wrap(toBytes(image));
        AtomicFile.write(file, channel -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }
}
