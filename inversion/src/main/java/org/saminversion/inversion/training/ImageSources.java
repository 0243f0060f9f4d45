package org.saminversion.inversion.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.NpzFile;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.RgbImage;

/** Reads photographs from folders, ZIP archives and NumPy files, mixed, of any size. */
public final class ImageSources {
    private static final String ARRAY = "images";

    private final ImageLayout layout;
    private final List<RgbImage> images = new ArrayList<>();
    private final List<TrainingImages.Skipped> skipped = new ArrayList<>();

    private ImageSources(ImageLayout layout) {
        this.layout = layout;
    }

    /**
     * Reads everything, and fits it to the size at which the bundle compares pictures.
     *
     * @param sources folders (with all folders in them), {@code .zip}, {@code .npz} with an array {@code images} uint8 [N,H,W] or
     *     [N,H,W,3], or single images
     * @throws JobFailure.Rejected if a source is missing or an archive is damaged; images that cannot be read are skipped
     */
    public static TrainingImages read(List<Path> sources, ImageLayout layout) {
        ImageSources reading = new ImageSources(layout);
        sources.forEach(reading::readSource);
        return new TrainingImages(reading.images, reading.skipped);
    }

    private void readSource(Path source) {
        String name = source.toString();
        if (Files.isDirectory(source)) {
            readFolder(source);
        } else if (name.endsWith(".npz")) {
            readArrays(source);
        } else if (name.endsWith(".zip")) {
            readArchive(source);
        } else {
            readOne(name, () -> ImageReader.read(source));
        }
    }

    private void readFolder(Path folder) {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot list " + folder + ": " + e.getMessage(), e);
        }
        files.forEach(file -> readOne(file.toString(), () -> ImageReader.read(file)));
    }

    private void readArchive(Path archive) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            List<? extends ZipEntry> entries = zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            for (ZipEntry entry : entries) {
                readOne(archive + "/" + entry.getName(), () -> ImageReader.read(bytes(zip, entry)));
            }
        } catch (ZipException e) {
            throw new JobFailure.Rejected(
                    "file-invalid", archive + " is not a readable ZIP archive: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot read " + archive + ": " + e.getMessage(), e);
        }
    }

    /** One byte more than an image may have is read at most, so that a small archive cannot fill the memory. */
    private static byte[] bytes(ZipFile zip, ZipEntry entry) {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(ImageReader.FILE_BYTES_MAX + 1);
        } catch (IOException e) {
            throw new JobFailure.Rejected("image-unreadable", "it is damaged: " + e.getMessage(), e);
        }
    }

    private void readArrays(Path file) {
        try (NpzFile npz = NpzFile.open(file)) {
            Tensor tensor = npz.tensor(ARRAY);
            int rank = tensor.shape().rank();
            boolean grey = rank == 3;
            if (!grey && !(rank == 4 && tensor.shape().size(3) == 3)) {
                throw new JobFailure.Rejected(
                        "file-invalid", file + ": images are [N,H,W] or [N,H,W,3], not " + tensor.shape());
            }
            int height = tensor.shape().size(1);
            int width = tensor.shape().size(2);
            int each = height * width * (grey ? 1 : 3);
            byte[] one = new byte[each];
            for (int i = 0; i < tensor.shape().size(0); i++) {
                tensor.bytes().position(i * each).get(one);
                images.add(layout.target(new RgbImage(width, height, grey ? repeated(one) : one.clone())));
            }
        }
    }

    private static byte[] repeated(byte[] grey) {
        byte[] rgb = new byte[3 * grey.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = grey[i / 3];
        }
        return rgb;
    }

    private void readOne(String name, Supplier<RgbImage> read) {
        try {
            images.add(layout.target(read.get()));
        } catch (JobFailure.Rejected unreadable) {
            skipped.add(new TrainingImages.Skipped(name, unreadable.getMessage()));
        }
    }
}
