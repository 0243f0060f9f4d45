package org.saminversion.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.standalone.rules.Project;

/** A run over several images that is killed without warning goes on when it is started again. */
class KilledRunIT {
    private static final int SECONDS_MAX = 120;

    @TempDir
    private Path folder;

    @Test
    void finishedPicturesAreKeptAndTheOthersDone() throws Exception {
        String face = Project.root().resolve("samples/face.png").toString();
        // One after the other: pictures that share a program end together.
        String[] command = {
            "invert", face, face, face, "--method", "wplus", "--steps", "100", "--batch", "1", "--out", "out"
        };
        Process first = start(command);
        Path result = folder.resolve("out/face/result.json");
        for (int i = 0; i < 10 * SECONDS_MAX && first.isAlive() && !Files.exists(result); i++) {
            first.waitFor(100, TimeUnit.MILLISECONDS);
        }
        first.destroyForcibly().waitFor();
        assertTrue(Files.exists(result), printed());
        assertFalse(Files.exists(folder.resolve("out/face-3/result.json")), "it was killed before the end");

        Process second = start(command);
        assertTrue(second.waitFor(SECONDS_MAX, TimeUnit.SECONDS), printed());

        assertEquals(0, second.exitValue(), printed());
        assertTrue(printed().contains(face + ": finished before with the same settings, skipped"), printed());
        for (String name : new String[] {"face", "face-2", "face-3"}) {
            assertTrue(Files.exists(folder.resolve("out").resolve(name).resolve("result.json")), name);
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Project.root().resolve("sam").toString()));
        command.addAll(List.of(arguments));
        // The script replaces itself by Java, so that killing the process kills the run.
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed.txt").toFile())
                .start();
    }

    private String printed() throws IOException {
        return Files.readString(folder.resolve("printed.txt"));
    }
}
