package org.saminversion.inversion.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.encoder.CompactEncoder;

/** The bundle that ships, with an untrained encoder beside its files. */
public final class EncoderBundle {
    static final Path SHIPPED = Path.of("../models/faces64");
    private static final String FILE = "encoder.safetensors";

    private EncoderBundle() {}

    static ModelBundle with(Path folder, EncoderDescription.Kind kind) throws IOException {
        ModelBundle shipped = without(folder);
        int styles = shipped.description().generator().styles();
        SafetensorsFile.of(CompactEncoder.initial(64, 1, styles, 128, 8, new SplittableRandom(3)), Map.of())
                .write(folder.resolve(FILE));
        return BundleWriter.write(
                folder, shipped.description().withEncoders(List.of(new EncoderDescription(kind, FILE, 64, 64))));
    }

    /** The shipped bundle in another folder, without its encoders. */
    public static ModelBundle without(Path folder) throws IOException {
        copy(folder);
        return BundleWriter.write(
                folder, BundleReader.open(folder).description().withEncoders(List.of()));
    }

    private static void copy(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(SHIPPED).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(SHIPPED.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
