package org.saminversion.standalone.cli.bundles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.saminversion.standalone.cli.CommandRun;
import org.saminversion.standalone.rules.Project;

class ImportCommandTest {
    private static final Path FACES = Project.root().resolve("models/faces64");

    @TempDir
    private Path folder;

    private Path bundle;

    @BeforeEach
    void aBundleOfOurOwn() {
        bundle = folder.resolve("mine");
        CommandRun run = importInto(bundle, "generator", "perceptual", "statistics");
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        assertEquals(
                "made bundle mine in " + bundle + ": generator of 64 pixels, perceptual network trunk\n", run.out());
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
    void whatTheBundleHasIsNotReplaced() throws IOException {
        byte[] before = Files.readAllBytes(bundle.resolve("bundle.yaml"));
        CommandRun run = importInto(bundle, "generator");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("has a generator"), run.err());
        assertArrayEquals(before, Files.readAllBytes(bundle.resolve("bundle.yaml")));
    }

    @Test
    void aBundleWithoutGeneratorIsRefusedAndNothingIsLeft() {
        Path other = folder.resolve("other");
        CommandRun run = importInto(other, "perceptual");
        assertEquals(2, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertFalse(Files.exists(other));
    }

    @Test
    void statisticsAreComputedUnlessTheyAreGiven() {
        Path other = folder.resolve("other");
        CommandRun run = importInto(other, "generator", "perceptual");
        assertEquals(0, run.exitCode(), run.err());
        double[] computed = SafetensorsFile.read(BundleReader.open(other).statisticsFile())
                .tensor("w_mean")
                .toDoubles();
        double[] given = SafetensorsFile.read(FACES.resolve("statistics.safetensors"))
                .tensor("w_mean")
                .toDoubles();
        for (int i = 0; i < given.length; i++) {
            assertEquals(given[i], computed[i], 0.05, "w_mean of 10,000 samples against that of 100,000");
        }
    }

    @Test
    void aFileIsNamedForWhatItIs() {
        CommandRun run =
                CommandRun.of("inspect", FACES.resolve("generator.safetensors").toString());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("StyleGAN2 generator, ADA names, in a safetensors\n"), run.out());
        assertTrue(run.out().contains("synthesis.b64.torgb.bias  float32[3]"), run.out());
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
        assertEquals(2, again.exitCode());
        assertTrue(again.err().contains("choose another --name"), again.err());
    }

    private static CommandRun importInto(Path into, String... files) {
        List<String> arguments = new ArrayList<>(List.of("import", "--into=" + into));
        for (String file : files) {
            arguments.add(FACES.resolve(file + ".safetensors").toString());
        }
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private CommandRun importDirection(Path file, String name, String layers) {
        return CommandRun.of("directions", "add", file.toString(), "--bundle=" + bundle, "--name=" + name, layers);
    }
}
