package org.saminversion.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.direction.BundleDirections;
import org.saminversion.inversion.file.NpyFile;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.space.LayerRange;
import org.saminversion.standalone.rules.Project;

class ImportCommandTest {
    private static final Path FACES = Project.root().resolve("models/faces64");

    @TempDir
    private Path folder;

    private Path bundle;

    @BeforeEach
    void aBundleOfOurOwn() {
        bundle = folder.resolve("mine");
        CommandRun run = CommandRun.of(
                "import",
                "generator",
                FACES.resolve("generator.safetensors").toString(),
                "--perceptual=" + FACES.resolve("perceptual.safetensors"),
                "--statistics=" + FACES.resolve("statistics.safetensors"),
                "--name=mine",
                "--out=" + bundle);
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
    }

    @Test
    void aBundleFollowsFromItsWeights() {
        ModelBundle made = BundleReader.open(bundle);
        ModelBundle shipped = BundleReader.open(FACES);
        assertEquals(shipped.description().candidates(), made.description().candidates());
        assertEquals(shipped.description().generator(), made.description().generator());
        assertEquals(shipped.description().perceptual(), made.description().perceptual());
        assertEquals(shipped.description().layout(), made.description().layout());
        assertEquals(List.of(), made.description().directions());
    }

    @Test
    void anExistingFolderIsNotTouched() throws IOException {
        byte[] before = Files.readAllBytes(bundle.resolve("bundle.yaml"));
        CommandRun run = importWeights(FACES.resolve("generator.safetensors"), bundle);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("exists already"), run.err());
        assertArrayEquals(before, Files.readAllBytes(bundle.resolve("bundle.yaml")));
    }

    @Test
    void weightsOfSomethingElseAreRefusedAndNothingIsLeft() {
        Path other = folder.resolve("other");
        CommandRun run = importWeights(FACES.resolve("perceptual.safetensors"), other);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertFalse(Files.exists(other));
    }

    @Test
    void statisticsOfAnotherGeneratorAreRefused() {
        Path narrow = folder.resolve("narrow.safetensors");
        SafetensorsFile.of(
                        Map.of(
                                "w_mean", Tensor.zeros(Shape.of(64)),
                                "w_covariance", Tensor.zeros(Shape.of(64, 64)),
                                "v_mean", Tensor.zeros(Shape.of(64)),
                                "v_covariance", Tensor.zeros(Shape.of(64, 64))),
                        Map.of())
                .write(narrow);
        CommandRun run = CommandRun.of(
                "import",
                "generator",
                FACES.resolve("generator.safetensors").toString(),
                "--perceptual=" + FACES.resolve("perceptual.safetensors"),
                "--statistics=" + narrow,
                "--name=mine",
                "--out=" + folder.resolve("other"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("statistics of another generator"), run.err());
        assertFalse(Files.exists(folder.resolve("other")));
    }

    @Test
    void aDirectionOfOneVectorChangesTheNamedLayers() {
        float[] vector = new float[128];
        vector[3] = 2;
        Path file = folder.resolve("wink.npy");
        NpyFile.write(file, Tensor.of(Shape.of(128), vector));

        CommandRun run = importDirection(file, "wink", "--layers=2-4");

        assertEquals("", run.err());
        BundleDirections directions = new BundleDirections(BundleReader.open(bundle));
        assertEquals(new LayerRange(2, 4), directions.describe("wink").layers());
        float[] offsets = directions.load("wink").offsets().toFloats();
        assertEquals(0, offsets[1 * 128 + 3]);
        assertEquals(2, offsets[2 * 128 + 3]);
        assertEquals(2, offsets[3 * 128 + 3]);
        assertEquals(0, offsets[4 * 128 + 3]);
    }

    @Test
    void aDirectionOfAnotherGeneratorIsRefusedAndTheBundleStays() {
        Path file = folder.resolve("wide.safetensors");
        SafetensorsFile.of(Map.of("direction", Tensor.zeros(Shape.of(1, 512))), Map.of())
                .write(file);
        CommandRun run = importDirection(file, "wide", "--layers=0-10");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("[128]"), run.err());
        assertEquals(List.of(), new BundleDirections(BundleReader.open(bundle)).names());
    }

    @Test
    void layersThatAreNotARangeAreWrongUsage() {
        CommandRun run = importDirection(FACES.resolve("directions/smile.safetensors"), "smile", "--layers=all");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("--layers is two style numbers"), run.err());
    }

    @Test
    void aNameIsGivenOnlyOnce() {
        Path smile = FACES.resolve("directions/smile.safetensors");
        assertEquals(0, importDirection(smile, "smile", "--layers=0-10").exitCode());
        CommandRun again = importDirection(smile, "smile", "--layers=0-5");
        assertEquals(1, again.exitCode());
        assertTrue(again.err().contains("choose another --name"), again.err());
    }

    @Test
    void whatToImportMustBeSaid() {
        CommandRun run = CommandRun.of("import");
        assertEquals(2, run.exitCode());
        assertEquals("sam: say what to import: generator or direction (see sam import --help)\n", run.err());
    }

    private static CommandRun importWeights(Path generator, Path out) {
        return CommandRun.of(
                "import",
                "generator",
                generator.toString(),
                "--perceptual=" + FACES.resolve("perceptual.safetensors"),
                "--statistics=" + FACES.resolve("statistics.safetensors"),
                "--name=mine",
                "--out=" + out);
    }

    private CommandRun importDirection(Path file, String name, String layers) {
        return CommandRun.of("import", "direction", file.toString(), "--bundle=" + bundle, "--name=" + name, layers);
    }
}
