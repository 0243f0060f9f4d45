package org.saminversion.standalone.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.standalone.cli.CommandRun;
import org.saminversion.standalone.cli.frame.ExitCode;
import org.saminversion.standalone.rules.Project;

/** What {@code train invertibility} and {@code evaluate invertibility} say when there is nothing to work with. */
class InvertibilityCommandsTest {
    @TempDir
    private Path folder;

    @BeforeAll
    static void theModelsAreThoseOfTheProject() {
        System.setProperty("sam.home", Project.root().toString());
    }

    @Test
    void trainingNeedsImages() {
        CommandRun run = CommandRun.of(
                "train", "invertibility", "--bundle=faces64", "--images=" + folder, "--out=" + folder.resolve("work"));
        assertEquals(ExitCode.FAILURE, run.exitCode());
        assertTrue(run.err().contains("there are 0 readable images, and at least 10 are needed"), run.err());
    }

    @Test
    void evaluationNeedsImages() {
        CommandRun run = CommandRun.of(
                "evaluate",
                "invertibility",
                "--bundle=faces64",
                "--images=" + folder,
                "--out=" + folder.resolve("work"));
        assertEquals(ExitCode.FAILURE, run.exitCode());
        assertTrue(run.err().contains("there are no readable images in"), run.err());
    }

    @Test
    void countsAreAtLeastOne() {
        CommandRun run = CommandRun.of(
                "train",
                "invertibility",
                "--bundle=faces64",
                "--images=" + folder,
                "--out=" + folder.resolve("work"),
                "--features-every=0");
        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("--features-every"), run.err());
    }
}
