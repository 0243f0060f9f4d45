package org.saminversion.inversion.training.invertibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.space.LatentSpace;

/** Pictures of two brightnesses, of which the brighter half leaves the larger errors. */
final class TwoBrightnesses {
    static final int SIDE = 64;

    private TwoBrightnesses() {}

    /** Errors of W+ for all of them, of the other spaces for every second one. */
    static ErrorSamples samples() {
        List<RgbImage> pictures = new ArrayList<>();
        List<SortedMap<LatentSpace, float[]>> errors = new ArrayList<>();
        for (int number = 0; number < 16; number++) {
            boolean brightLeft = number % 2 == 0;
            byte[] pixels = new byte[3 * SIDE * SIDE];
            float[] error = new float[SIDE * SIDE];
            for (int i = 0; i < error.length; i++) {
                boolean bright = i % SIDE < SIDE / 2 == brightLeft;
                error[i] = bright ? 1 : 0.2f;
                for (int channel = 0; channel < 3; channel++) {
                    pixels[3 * i + channel] = (byte) ((bright ? 200 : 40) + number);
                }
            }
            pictures.add(new RgbImage(SIDE, SIDE, pixels));
            SortedMap<LatentSpace, float[]> ofPicture = new TreeMap<>(Map.of(LatentSpace.W_PLUS, error));
            if (number % 4 < 2) {
                List.of("F2", "F4", "F6").forEach(space -> ofPicture.put(LatentSpace.parse(space), error));
            }
            errors.add(ofPicture);
        }
        return new ErrorSamples(pictures, errors);
    }

    /** A copy of the bundle that ships, which may be changed. */
    static ModelBundle bundle(Path to) {
        Path from = Path.of("../models/faces64");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return BundleReader.open(to);
    }
}
