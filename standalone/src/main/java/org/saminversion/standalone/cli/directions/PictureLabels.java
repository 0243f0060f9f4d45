package org.saminversion.standalone.cli.directions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.NpzFile;
import org.saminversion.inversion.image.NamedPicture;

/** Which of some pictures have a property: an array beside the images of an {@code .npz} file, or a list of file names. */
final class PictureLabels {
    private PictureLabels() {}

    /**
     * @param labels the name of an array of zeros and ones, or a text file with lines of a file name, a comma, and 0 or 1
     * @param images the file that holds the array
     * @param pictures in the order of the array
     * @throws JobFailure.Rejected of kind {@code file-invalid} if a picture has no label, or one that is neither 0 nor 1
     */
    static boolean[] of(String labels, Path images, List<NamedPicture> pictures) {
        return Files.isRegularFile(Path.of(labels))
                ? fromList(Path.of(labels), pictures)
                : fromArray(labels, images, pictures.size());
    }

    private static boolean[] fromArray(String name, Path images, int count) {
        Tensor array;
        try (NpzFile npz = NpzFile.open(images)) {
            array = npz.tensor(name);
        }
        int[] values = array.toInts();
        if (values.length < count) {
            throw new JobFailure.Rejected(
                    "file-invalid",
                    images + ": " + name + " has " + values.length + " labels for " + count + " images");
        }
        boolean[] out = new boolean[count];
        for (int i = 0; i < count; i++) {
            out[i] = isOne(Integer.toString(values[i]), images + ": " + name + "[" + i + "]");
        }
        return out;
    }

    private static boolean[] fromList(Path file, List<NamedPicture> pictures) {
        Map<String, Boolean> byName = new HashMap<>();
        List<String> lines = new ArrayList<>();
        try {
            lines.addAll(Files.readAllLines(file));
        } catch (IOException e) {
            throw new JobFailure.Rejected("file-invalid", file + " cannot be read as text: " + e.getMessage(), e);
        }
        for (String line : lines) {
            int comma = line.lastIndexOf(',');
            if (comma > 0) {
                byName.put(
                        line.substring(0, comma).strip(),
                        isOne(line.substring(comma + 1).strip(), line));
            }
        }
        boolean[] out = new boolean[pictures.size()];
        for (int i = 0; i < out.length; i++) {
            String name = String.valueOf(Path.of(pictures.get(i).label()).getFileName());
            if (!byName.containsKey(name)) {
                throw new JobFailure.Rejected(
                        "file-invalid", file + " has no label for " + name + ": add a line '" + name + ",0' or ',1'");
            }
            out[i] = byName.get(name);
        }
        return out;
    }

    private static boolean isOne(String value, String where) {
        if (!value.equals("0") && !value.equals("1")) {
            throw new JobFailure.Rejected("file-invalid", "a label is 0 or 1, unlike '" + value + "' in " + where);
        }
        return value.equals("1");
    }
}
