package org.saminversion.standalone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.NpzFile;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.RgbImage;

/**
 * The pictures behind the arguments of {@code invert}: image files, and NumPy {@code .npz} files with an array
 * {@code images} of unsigned bytes, [N,H,W] grey or [N,H,W,3].
 */
final class InputPictures {
    private static final String ARRAY = "images";

    private final int limitPerArrayFile;
    private final List<InputPicture> pictures = new ArrayList<>();
    private final Set<String> folders = new HashSet<>();

    private InputPictures(int limitPerArrayFile) {
        this.limitPerArrayFile = limitPerArrayFile;
    }

    /**
     * Image files are only read when their turn comes, so that one that is damaged does not stop the others.
     *
     * @throws JobFailure.Rejected if an array file cannot be read or holds something else
     */
    static List<InputPicture> of(List<Path> arguments, int limitPerArrayFile) {
        InputPictures all = new InputPictures(limitPerArrayFile);
        for (Path argument : arguments) {
            if (argument.toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
                all.addArray(argument);
            } else {
                all.add(argument.toString(), stem(argument), () -> ImageReader.read(argument));
            }
        }
        return List.copyOf(all.pictures);
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
        int count = Math.min(shape.size(0), limitPerArrayFile);
        for (int i = 0; i < count; i++) {
            int index = i;
            String folder = String.format(Locale.ROOT, "%s-%05d", stem(file), index);
            add(file + "[" + index + "]", folder, () -> picture(images, index, grey));
        }
    }

    private void add(String label, String wantedFolder, Supplier<RgbImage> source) {
        String folder = wantedFolder;
        for (int i = 2; !folders.add(folder); i++) {
            folder = wantedFolder + "-" + i;
        }
        pictures.add(new InputPicture(label, folder, source));
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
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
