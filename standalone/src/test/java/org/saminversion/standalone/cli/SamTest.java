package org.saminversion.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SamTest {
    @Test
    void withoutACommandItSaysHowToFindOne() {
        CommandRun run = CommandRun.of();
        assertEquals(2, run.exitCode());
        assertEquals("sam: a command is missing (see sam --help)\n", run.err());
        assertEquals("", run.out());
    }

    @Test
    void anUnknownCommandIsWrongUsage() {
        CommandRun run = CommandRun.of("inspct");
        assertEquals(2, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("sam: there is no command or option inspct; did you mean inspect"), run.err());
    }

    @Test
    void aGroupWithoutACommandSaysWhichThereAre() {
        CommandRun run = CommandRun.of("keys");
        assertEquals(2, run.exitCode());
        assertEquals("sam: say what to do: create, list, rotate, revoke (see sam keys --help)\n", run.err());
    }

    @Test
    void theVersionNamesTheProgramAndJava() {
        CommandRun run = CommandRun.of("--version");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().matches("sam [^\n]+\nJava [^\n]+\n"), run.out());
    }
}
