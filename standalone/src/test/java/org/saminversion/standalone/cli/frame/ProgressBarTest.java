package org.saminversion.standalone.cli.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void onATerminalOneLineIsRedrawnWithLossAndTimeLeft() {
        try (ProgressBar bar = bar(true)) {
            now = now.plusSeconds(10);
            bar.progressed(100, 400, 0.25);
            now = now.plusSeconds(30);
            bar.progressed(400, 400, 0.125);
        }
        assertEquals(
                "\rface [######..................] 100/400  loss 0.2500  ETA 30 s\u001b[K"
                        + "\rface [########################] 400/400  loss 0.1250  40.0 s\u001b[K\n",
                printed());
    }

    @Test
    void inALogThereIsALineEveryFiveSecondsAndTheLast() {
        try (ProgressBar bar = bar(false)) {
            for (int step = 1; step <= 12; step++) {
                now = now.plusSeconds(1);
                bar.progressed(step, 12, 1.0 / step);
            }
        }
        assertEquals("""
                face [##......................] 1/12  loss 1.0000  ETA 11 s
                face [############............] 6/12  loss 0.1667  ETA 6 s
                face [######################..] 11/12  loss 0.0909  ETA 1 s
                face [########################] 12/12  loss 0.0833  12.0 s
                """, printed());
    }

    private ProgressBar bar(boolean terminal) {
        PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new ProgressBar(new Console(err, err, terminal, () -> now), "face");
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
