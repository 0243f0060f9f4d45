package org.saminversion.inversion.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.checkpoint.GeneratorFiles;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.Fit;

/**
 * An official-sized file: generator, its average and a discriminator of 1024 pixels, 360 MB, with the statistics of 10,000 samples,
 * within 20 seconds and 1.5 GB of heap. The import runs in a Java of its own that has no more.
 */
@EnabledIfSystemProperty(named = "sam.import.large", matches = "true")
class LargeImportTest {
    private static final GeneratorFiles.Sizes CONFIG_F =
            new GeneratorFiles.Sizes(512, 512, 0, 8, 512, 512, 512, 512, 512, 256, 128, 64, 32);
    private static final long SECONDS_MAX = 20;

    @TempDir
    private Path folder;

    @Test
    void aPickleOf360MegabytesIsImportedInTwentySeconds() throws IOException, InterruptedException {
        Path pickle = folder.resolve("config-f.pkl");
        Files.write(pickle, GeneratorFiles.adaOfThree(GeneratorFiles.generator(CONFIG_F, 1)));
        assertTrue(Files.size(pickle) > 350_000_000, "it has " + Files.size(pickle) + " bytes");
        Path trunk = folder.resolve("trunk.safetensors");
        SafetensorsFile.of(
                        Map.of(
                                "stage0.conv0.weight", Tensor.filled(Shape.of(4, 3, 3, 3), 0.1f),
                                "stage0.conv0.bias", Tensor.zeros(Shape.of(4))),
                        Map.of())
                .write(trunk);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1500m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeImportTest.class.getName(),
                        pickle.toString(),
                        trunk.toString(),
                        folder.resolve("large").toString())
                .inheritIO()
                .start();
        assertTrue(process.waitFor(10, TimeUnit.MINUTES));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("imported %d MB in %.1f s%n", Files.size(pickle) / 1_000_000, seconds);
        assertEquals(0, process.exitValue());
        assertTrue(Files.exists(folder.resolve("large/bundle.yaml")));
        assertTrue(seconds < SECONDS_MAX, "it took " + seconds + " s");
    }

    /** What the Java with the small heap does: imports the files of its arguments into the folder of the last. */
    public static void main(String... arguments) {
        BundleImport.run(
                List.of(Path.of(arguments[0]), Path.of(arguments[1])),
                Path.of(arguments[2]),
                new ImportChoices(
                        "large",
                        "tests",
                        "none",
                        10_000,
                        0,
                        Fit.CENTRE_CROP,
                        Optional.empty(),
                        RuntimeOptions.standard()));
    }
}
