package org.saminversion.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.standalone.rules.Project;

/** The script {@code ./sam} itself, with the packaged program. */
class ScriptIT {
    @TempDir
    private Path folder;

    /** What a process printed and returned. */
    private record Outcome(int exitCode, String out, String err) {}

    @Test
    void itWorksFromAnyFolderAndThroughALinkWithSpaces() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("a folder with spaces"));
        Path link = Files.createSymbolicLink(
                elsewhere.resolve("my sam"), Project.root().resolve("sam"));

        Outcome outcome = run(elsewhere, link.toString(), "bundles");

        assertEquals("", outcome.err);
        assertEquals(0, outcome.exitCode);
        assertTrue(outcome.out.startsWith("faces64 "), outcome.out);
    }

    @Test
    void pathsAreThoseOfTheCaller() throws Exception {
        Files.copy(
                Project.root().resolve("models/faces64/directions/smile.safetensors"),
                folder.resolve("my smile.safetensors"));
        Outcome outcome = run(folder, sam(), "inspect", "my smile.safetensors");
        assertEquals("", outcome.err);
        assertTrue(outcome.out.contains("direction  float32[1,128]"), outcome.out);
    }

    @Test
    void wrongUsageIsOneLineAndCodeTwo() throws Exception {
        Outcome outcome = run(folder, sam(), "invert", "face.png", "--steps", "many");
        assertEquals(2, outcome.exitCode);
        assertEquals("", outcome.out);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
    }

    @Test
    void theHelpOfTheTestsDoesNotRunThem() throws Exception {
        Outcome outcome = run(folder, sam(), "test", "--help");
        assertEquals(0, outcome.exitCode);
        assertTrue(outcome.out.startsWith("Usage: sam test"), outcome.out);
    }

    @Test
    void anUnknownOptionOfTheTestsIsWrongUsage() throws Exception {
        Outcome outcome = run(folder, sam(), "test", "--shrot");
        assertEquals(2, outcome.exitCode);
        assertTrue(outcome.err.contains("--shrot"), outcome.err);
    }

    private static String sam() {
        return Project.root().resolve("sam").toString();
    }

    private Outcome run(Path workingFolder, String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .directory(workingFolder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int exitCode = process.waitFor();
        return new Outcome(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
