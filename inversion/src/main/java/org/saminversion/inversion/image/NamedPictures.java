package org.saminversion.inversion.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.NpzFile;

/**
 * The pictures that paths name: image files, folders of them, ZIP archives of them, and NumPy {@code .npz} files with an array
 * {@code images} of unsigned bytes, [N,H,W] grey or [N,H,W,3].
 */
public final class NamedPictures {
    private static final String ARRAY = "images";
    private static final Pattern IN_FOLDER = Pattern.compile("(?i).*\\.(png|jpe?g|gif|bmp|webp|npz)");
    private static final Pattern IN_ARCHIVE = Pattern.compile("(?i)(.*/)?[^./][^/]*\\.(png|jpe?g|gif|bmp|webp)");

    private final int limitPerFile;
    private final List<NamedPicture> pictures = new ArrayList<>();
    private final Set<String> folders = new HashSet<>();

    private NamedPictures(int limitPerFile) {
        this.limitPerFile = limitPerFile;
    }

    /**
     * Image files are only read when their turn comes, so that one that is damaged does not stop the others. Folders are not entered
     * further, and what is no image by its name is passed over in them.
     *
     * @param limitPerFile how many pictures are taken of one archive or array at most
     * @throws JobFailure.Rejected if an archive or array file cannot be read or holds something else
     * @throws JobFailure.Transient if the disk fails
     */
    public static List<NamedPicture> of(List<Path> paths, int limitPerFile) {
        NamedPictures all = new NamedPictures(limitPerFile);
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                filesIn(path).forEach(all::add);
            } else {
                all.add(path);
            }
        }
        return List.copyOf(all.pictures);
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file ->
                            IN_FOLDER.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private void add(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npz")) {
            addArray(file);
        } else if (name.endsWith(".zip")) {
            addArchive(file);
        } else {
            add(file.toString(), stem(file), () -> ImageReader.read(file));
        }
    }

    private void addArray(Path file) {
        Tensor images;
        try (NpzFile npz = NpzFile.open(file)) {
            images = npz.tensor(ARRAY);
        }
        Shape shape = images.shape();
        boolean grey = shape.rank() == 3;
        boolean colour = shape.rank() == 4 && shape.size(3) == 3;
        if (images.type() != ElementType.UINT8 || !(grey || colour)) {
            throw new JobFailure.Rejected(
                    "file-invalid",
                    file + ": the array '" + ARRAY + "' is " + images
                            + "; it must be unsigned bytes of the shape [N,H,W] or [N,H,W,3]");
        }
        int count = Math.min(shape.size(0), limitPerFile);
        for (int i = 0; i < count; i++) {
            int index = i;
            String folder = String.format(Locale.ROOT, "%s-%05d", stem(file), index);
            add(file + "[" + index + "]", folder, () -> picture(images, index, grey));
        }
    }

    private void addArchive(Path file) {
        List<String> entries;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            entries = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> IN_ARCHIVE.matcher(name).matches())
                    .sorted(Comparator.naturalOrder())
                    .limit(limitPerFile)
                    .toList();
        } catch (IOException e) {
            throw new JobFailure.Rejected(
                    "file-invalid", file + " is not a readable ZIP archive: " + e.getMessage(), e);
        }
        for (String entry : entries) {
            add(
                    file + "[" + entry + "]",
                    stem(entry.substring(entry.lastIndexOf('/') + 1)),
                    () -> unpacked(file, entry));
        }
    }

    /** The archive is opened for each picture, so that none has to be closed when the pictures are done with. */
    private static RgbImage unpacked(Path file, String entry) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] bytes = zip.getInputStream(zip.getEntry(entry)).readNBytes(ImageReader.FILE_BYTES_MAX + 1);
            return ImageReader.read(bytes);
        } catch (IOException e) {
            throw new JobFailure.Rejected(
                    "image-unreadable", entry + " in " + file + " cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private void add(String label, String wantedFolder, Supplier<RgbImage> source) {
        String folder = wantedFolder;
        for (int i = 2; !folders.add(folder); i++) {
            folder = wantedFolder + "-" + i;
        }
        pictures.add(new NamedPicture(label, folder, source));
    }

    private static RgbImage picture(Tensor images, int index, boolean grey) {
        int height = images.shape().size(1);
        int width = images.shape().size(2);
        byte[] stored = new byte[height * width * (grey ? 1 : 3)];
        images.bytes().position(index * stored.length).get(stored);
        if (!grey) {
            return new RgbImage(width, height, stored);
        }
        byte[] pixels = new byte[3 * stored.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = stored[i / 3];
        }
        return new RgbImage(width, height, pixels);
    }

    /** The file's name without folder and ending. */
    private static String stem(Path file) {
        return stem(String.valueOf(file.getFileName()));
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
