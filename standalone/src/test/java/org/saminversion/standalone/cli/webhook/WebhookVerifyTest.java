package org.saminversion.standalone.cli.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.standalone.cli.CommandRun;

class WebhookVerifyTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String BODY = "{\"type\":\"inversion.succeeded\"}";

    private final long now = Instant.now().getEpochSecond();

    @TempDir
    private Path folder;

    @Test
    void aGenuineMessageIsValid() throws Exception {
        CommandRun run = verify(SECRET, now, "v1,bm9uZQ== " + sign(now), BODY);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("valid\n", run.out());
    }

    @Test
    void aChangedBodyIsNot() throws Exception {
        CommandRun run = verify(SECRET, now, sign(now), BODY + "\n");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("no signature matches"), run.err());
    }

    @Test
    void aMessageWithAnotherSecretIsNot() throws Exception {
        assertEquals(
                1,
                verify("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx", now, sign(now), BODY)
                        .exitCode());
    }

    @Test
    void anOldMessageIsNotUnlessThatIsAskedFor() throws Exception {
        long old = now - 600;
        CommandRun run = verify(SECRET, old, sign(old), BODY);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("s old"), run.err());
        assertEquals(
                0, verify(SECRET, old, sign(old), BODY, "--tolerance", "100000").exitCode());
    }

    @Test
    void aSecretThatIsNoneIsWrongUsage() throws Exception {
        assertEquals(2, verify("whsec_%%%", now, sign(now), BODY).exitCode());
    }

    @Test
    void aFileThatIsMissingIsSaid() {
        CommandRun run = CommandRun.of(
                "webhook",
                "verify",
                "--secret",
                SECRET,
                "--id",
                "msg_1",
                "--timestamp",
                "1",
                "--signature",
                "v1,a",
                "none");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("none"), run.err());
    }

    private CommandRun verify(String secret, long timestamp, String signature, String body, String... more)
            throws IOException {
        Path file = Files.writeString(folder.resolve("body.json"), body);
        String[] arguments = {
            "webhook",
            "verify",
            "--secret",
            secret,
            "--id",
            "msg_1",
            "--timestamp",
            Long.toString(timestamp),
            "--signature",
            signature,
            file.toString()
        };
        String[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(arguments), java.util.Arrays.stream(more))
                .toArray(String[]::new);
        return CommandRun.of(all);
    }

    private static String sign(long timestamp) throws Exception {
        return new Webhook(SECRET).sign("msg_1", timestamp, BODY);
    }
}
