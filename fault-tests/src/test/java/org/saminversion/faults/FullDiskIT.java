package org.saminversion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The disk of the database fills up while jobs run, and is cleared a while later. Needs the right to mount a small disk. */
class FullDiskIT {
    private static final int DISK_MEGABYTES = 400;
    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration FULL = Duration.ofSeconds(20);
    private static final Duration AFTER = Duration.ofSeconds(10);

    @Test
    void aFullDiskRefusesSubmissionsAndLosesNothing() throws Exception {
        Path disk = Path.of("target", "faults", "disk").toAbsolutePath();
        Files.createDirectories(disk);
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + "m", "tmpfs", disk.toString()),
                "this user may not mount a disk");
        try {
            fillAndClear(disk);
        } finally {
            run("umount", "--lazy", disk.toString());
        }
    }

    private static void fillAndClear(Path disk) throws Exception {
        try (Scene scene = Scene.start("full-disk", 2, disk.resolve("postgresql"));
                Load load = new Load(scene, 500)) {
            Patience.pause(BEFORE);
            Path ballast = disk.resolve("ballast");
            fill(ballast);
            Patience.pause(FULL);
            Files.delete(ballast);
            boolean ended = !scene.cluster().database().isAlive();
            if (ended) {
                scene.cluster().database().start();
            }
            Patience.pause(AFTER);
            Map<Integer, Integer> answers = load.stop();
            scene.awaitAllFinished(Duration.ofMinutes(5));
            assertTrue(Set.of(202, 503).containsAll(answers.keySet()), () -> "answers by status: " + answers);
            assertTrue(answers.containsKey(503), () -> "the disk was never full: " + answers);
            assertEquals(answers.get(202), scene.accepted().size());
            scene.assertNothingLostAndNothingTwice();
            scene.tell(
                    String.format(
                            "submissions answered by status %s, %d jobs stored, PostgreSQL %s",
                            answers,
                            scene.audit().jobs().size(),
                            ended ? "ended and was started again" : "went on by itself"),
                    Map.of(
                            "answers_by_status",
                            answers,
                            "jobs_stored",
                            scene.audit().jobs().size(),
                            "database_ended",
                            ended));
        }
    }

    /** Leaves no byte free. */
    private static void fill(Path ballast) throws IOException {
        byte[] chunk = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException full) {
            // As intended: what is left is less than one chunk.
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
