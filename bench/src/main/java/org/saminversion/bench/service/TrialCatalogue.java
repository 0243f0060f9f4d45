package org.saminversion.bench.service;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.RgbImage;

/**
 * A catalogue to measure with: an archive of different pictures of 64 pixels, and a manifest that names them and some that
 * are not there.
 *
 * @param items pictures
 * @param wrongLines lines that must be refused, spread among the others
 * @param seed of the pictures
 */
public record TrialCatalogue(int items, int wrongLines, long seed) {
    private static final int IMAGE_SIZE = 64;
    /** Noise on top of a gradient, in grey levels: about as many bytes as a photograph. */
    private static final int NOISE = 24;

    /** Writes it as a ZIP archive. */
    public void write(Path file) throws IOException {
        Random random = new Random(seed);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            entry(zip, "manifest.csv", manifest().getBytes(StandardCharsets.UTF_8));
            for (int item = 0; item < items; item++) {
                entry(zip, name(item), picture(random));
            }
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private String manifest() {
        StringBuilder csv = new StringBuilder("customId,file,method,steps,seed\n");
        int wrong = 0;
        for (int item = 0; item < items; item++) {
            csv.append("item-").append(item).append(',').append(name(item)).append(",wplus,20,");
            csv.append(item).append('\n');
            for (; wrong < (long) wrongLines * (item + 1) / items; wrong++) {
                csv.append("wrong-").append(wrong).append(",missing.png,wplus,20,0\n");
            }
        }
        return csv.toString();
    }

    private static String name(int item) {
        return String.format("pictures/%06d.png", item);
    }

    private static byte[] picture(Random random) {
        byte[] pixels = new byte[3 * IMAGE_SIZE * IMAGE_SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 200 / pixels.length + random.nextInt(NOISE));
        }
        return PngWriter.toBytes(new RgbImage(IMAGE_SIZE, IMAGE_SIZE, pixels));
    }
}
