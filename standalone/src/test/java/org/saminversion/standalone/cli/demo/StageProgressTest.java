package org.saminversion.standalone.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.saminversion.standalone.cli.frame.Console;

class StageProgressTest {
    @Test
    void everyStageHasABarAndEveryStateALine() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);
        ObjectMapper json = new ObjectMapper();
        Instant now = Instant.EPOCH.plusSeconds(100);
        try (StageProgress progress = new StageProgress(new Console(err, err, false, () -> now))) {
            for (String event : new String[] {
                "{\"state\":\"MAPPING\",\"attempts\":1}",
                "{\"stage\":\"MAP\",\"progress\":1.0}",
                "{\"state\":\"RUNNING\",\"attempts\":1}",
                "{\"stage\":\"RUN\",\"progress\":0.5,\"step\":200,\"steps\":400,\"loss\":0.25}",
                "{\"state\":\"SUCCEEDED\",\"attempts\":1}",
            }) {
                progress.show(json.readTree(event));
            }
        }
        assertEquals("""
                state: MAPPING
                map       [########################] 100/100  0.0 s
                state: RUNNING
                inversion [############............] 200/400  loss 0.2500  ETA 0 s
                state: SUCCEEDED
                """, printed.toString(StandardCharsets.UTF_8));
    }
}
