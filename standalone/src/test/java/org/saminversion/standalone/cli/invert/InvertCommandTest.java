package org.saminversion.standalone.cli.invert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.standalone.cli.CommandRun;
import org.saminversion.standalone.rules.Project;

/** {@code invert} with the bundle that ships, a few steps at a time. */
class InvertCommandTest {
    private static final Path FACE = Project.root().resolve("samples/face.png");

    @TempDir
    private Path folder;

    @BeforeAll
    static void theModelsAreThoseOfTheProject() {
        System.setProperty("sam.home", Project.root().toString());
    }

    @Test
    void samWritesReconstructionMapLatentsAndOneJsonLine() throws IOException {
        CommandRun run = invert(FACE, "--method=sam", "--steps=4", "--json");

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(1, run.out().lines().count(), run.out());
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertEquals(FACE.toString(), json.path("image").asText());
        assertEquals(4, json.path("steps").asInt());
        assertTrue(json.path("psnr").asDouble() > 5, run.out());
        assertTrue(json.path("lpips").asDouble() > 0, run.out());
        double shares = 0;
        for (JsonNode share : json.path("shares")) {
            shares += share.asDouble();
        }
        assertEquals(1, shares, 1e-9);
        for (String name : List.of("reconstruction", "map", "latents")) {
            assertTrue(Files.exists(Path.of(json.path("paths").path(name).asText())), name);
        }
        assertEquals(
                List.of("latents.safetensors", "map.png", "reconstruction.png", "result.json"),
                names(folder.resolve("face")));
    }

    @Test
    void theSameSeedGivesTheSameLatents() throws IOException {
        Path latents = folder.resolve("face/latents.safetensors");
        assertEquals(0, invert(FACE, "--method=F4", "--steps=3", "--seed=7").exitCode());
        byte[] first = Files.readAllBytes(latents);
        assertEquals(
                0,
                invert(FACE, "--method=F4", "--steps=3", "--seed=7", "--again").exitCode());
        assertArrayEquals(first, Files.readAllBytes(latents));
    }

    @Test
    void finishedPicturesAreSkippedUntilTheSettingsChange() {
        CommandRun first = invert(FACE, "--method=wplus", "--steps=2");
        CommandRun second = invert(FACE, "--method=wplus", "--steps=2");
        CommandRun third = invert(FACE, "--method=wplus", "--steps=3");

        assertFalse(first.err().contains("skipped"), first.err());
        assertEquals(FACE + ": finished before with the same settings, skipped (--again redoes it)\n", second.err());
        assertEquals(first.out(), second.out());
        assertFalse(third.err().contains("skipped"), third.err());
    }

    @Test
    void aPictureThatCannotBeReadDoesNotStopTheOthers() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.png"), "not a picture");
        CommandRun run = CommandRun.of(
                "invert", broken.toString(), FACE.toString(), "--method=wplus", "--steps=2", "--out=" + folder);

        assertEquals(1, run.exitCode());
        assertTrue(run.out().startsWith(FACE + ": PSNR "), run.out());
        assertTrue(run.err().contains("sam: " + broken + ": "), run.err());
        assertTrue(run.err().contains("1 inverted, 1 failed"), run.err());
    }

    @Test
    void severalPicturesShareAProgram() throws IOException {
        Path copy = Files.copy(FACE, folder.resolve("twin.png"));
        CommandRun run = CommandRun.of(
                "invert", FACE.toString(), copy.toString(), "--steps=3", "--batch=2", "--json", "--out=" + folder);

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains(FACE + " and 1 more: inversion"), run.err());
        List<JsonNode> reports = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            reports.add(new ObjectMapper().readTree(line));
        }
        assertEquals(
                List.of(FACE.toString(), copy.toString()),
                reports.stream().map(report -> report.path("image").asText()).toList());
        assertEquals(
                reports.get(0).path("psnr").asDouble(),
                reports.get(1).path("psnr").asDouble(),
                0.05);
        assertTrue(Files.exists(folder.resolve("twin/latents.safetensors")));
    }

    @Test
    void wrongUsageIsToldBeforeAnyWork() {
        assertUsage("there is no bundle 'cats'", invert(FACE, "--bundle=cats"));
        assertUsage("tau", invert(FACE, "--tau=NaN"));
        assertUsage("tau", invert(FACE, "--tau=2.5"));
        assertUsage("steps", invert(FACE, "--steps=0"));
        assertUsage("--steps", invert(FACE, "--steps=many"));
        assertUsage("F5", invert(FACE, "--method=F5"));
        assertUsage("--limit", invert(FACE, "--limit=0"));
        assertUsage("--batch", invert(FACE, "--batch=0"));
        assertUsage("Missing required parameter", CommandRun.of("invert"));
    }

    @Test
    void aBundleWithAChangedFileIsRefused() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("bundle/directions")).getParent();
        Path shipped = Project.root().resolve("models/faces64");
        try (Stream<Path> files = Files.walk(shipped).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(shipped.relativize(file).toString()));
            }
        }
        byte[] weights = Files.readAllBytes(copy.resolve("generator.safetensors"));
        weights[weights.length - 1] ^= 1;
        Files.write(copy.resolve("generator.safetensors"), weights);

        CommandRun run = invert(FACE, "--bundle=" + copy);

        assertEquals(1, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("generator.safetensors was changed or damaged"), run.err());
    }

    @Test
    void anOutputFolderThatIsAFileIsToldBeforeAnyWork() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "");
        CommandRun run = CommandRun.of("invert", FACE.toString(), "--out=" + file);
        assertEquals(1, run.exitCode());
        assertEquals("sam: " + file + " exists and is not a folder: choose another path\n", run.err());
    }

    private CommandRun invert(Path image, String... options) {
        return CommandRun.of(Stream.concat(Stream.of("invert", image.toString(), "--out=" + folder), Stream.of(options))
                .toArray(String[]::new));
    }

    private static void assertUsage(String reason, CommandRun run) {
        assertEquals(2, run.exitCode(), run.err());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("sam: "), run.err());
        assertTrue(run.err().contains(reason), run.err());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
