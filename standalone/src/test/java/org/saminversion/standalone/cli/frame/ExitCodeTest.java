package org.saminversion.standalone.cli.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.failure.JobFailure;

class ExitCodeTest {
    @Test
    void whatAnotherCommandLineMendsIsWrongUsage() {
        assertEquals(2, ExitCode.of(new JobFailure.Rejected("bundle-unknown", "no bundle is named x")));
        assertEquals(1, ExitCode.of(new JobFailure.Rejected("image-unreadable", "not an image")));
        assertEquals(1, ExitCode.of(new JobFailure.Poisoned("the loss is NaN")));
        assertEquals(1, ExitCode.of(new IllegalStateException("x")));
    }

    @Test
    void theReasonIsOneLineThatSaysWhatToDo() {
        assertEquals(
                "a.png does not exist: check the path",
                ExitCode.explain(new UncheckedIOException(new NoSuchFileException("a.png"))));
        assertEquals(
                "first line second line", ExitCode.explain(new JobFailure.Poisoned("first line\n   second line\n")));
        assertEquals(
                "nothing answers at the address of the service: start it with ./sam serve, or check --url",
                ExitCode.explain(new ConnectException()));
        assertEquals("the connection or file failed (EOFException): try again", ExitCode.explain(new EOFException()));
        assertEquals("a pipe broke", ExitCode.explain(new IOException("a pipe broke")));
    }

    @Test
    void mistakesOfTheProgramSaySo() {
        String line = ExitCode.explain(new IllegalStateException("the state is odd"));
        assertTrue(line.contains("IllegalStateException: the state is odd"), line);
        assertTrue(line.contains("--debug"), line);
    }
}
