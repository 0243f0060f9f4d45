package org.saminversion.standalone.cli.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.failure.JobFailure;

class PatienceTest {
    private final Patience patience = new Patience(3, Duration.ZERO);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void whoDoesNotAnswerIsAskedAgain() throws Exception {
        assertEquals("here", patience.ask(() -> answerOfTry(3)));
        assertEquals(3, asked.get());
    }

    @Test
    void butNotForEver() {
        IOException last = assertThrows(IOException.class, () -> patience.ask(() -> answerOfTry(4)));
        assertEquals("try 3 failed", last.getMessage());
    }

    @Test
    void aRefusalIsAnAnswer() {
        assertThrows(
                JobFailure.Rejected.class,
                () -> patience.ask(() -> {
                    asked.incrementAndGet();
                    throw new JobFailure.Rejected("batch-state-wrong", "no");
                }));
        assertEquals(1, asked.get());
    }

    private String answerOfTry(int good) throws IOException {
        if (asked.incrementAndGet() < good) {
            throw new IOException("try " + asked.get() + " failed");
        }
        return "here";
    }
}
