package org.saminversion.standalone.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.standardwebhooks.Webhook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saminversion.standalone.rules.Project;

/** The receivers of docs/receivers take what is genuine and nothing else. */
class ExampleReceiversTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String STRANGER = "whsec_AAAA9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String BODY = "{\"type\":\"inversion.succeeded\",\"data\":{\"name\":\"Zoë\"}}";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void java() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        check(java.toString(), "Receiver.java");
    }

    @ParameterizedTest
    @CsvSource({"python3, receiver.py", "node, receiver.mjs"})
    void othersWhereTheirLanguageIsInstalled(String program, String file) throws Exception {
        assumeTrue(isInstalled(program), program + " is not installed");
        check(program, file);
    }

    private void check(String program, String file) throws Exception {
        Path receivers = Project.root().resolve("docs/receivers");
        ProcessBuilder builder = new ProcessBuilder(
                        program, receivers.resolve(file).toString(), "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("SAM_WEBHOOK_SECRET", SECRET);
        // Text goes to a pipe in the encoding of the machine otherwise.
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Dsun.stdout.encoding=UTF-8 -Dfile.encoding=UTF-8");
        Process process = builder.start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            URI hook = URI.create("http://127.0.0.1:" + out.readLine().replace("listening on ", "") + "/hook");
            long now = Instant.now().getEpochSecond();
            assertEquals(400, post(hook, "msg_1", now, sign(STRANGER, "msg_1", now), BODY), "a stranger's secret");
            assertEquals(400, post(hook, "msg_1", now, sign(SECRET, "msg_1", now), BODY + " "), "a changed body");
            assertEquals(400, post(hook, "msg_2", now, sign(SECRET, "msg_1", now), BODY), "another id");
            assertEquals(400, post(hook, "msg_1", now - 900, sign(SECRET, "msg_1", now - 900), BODY), "an old message");
            assertEquals(400, post(hook, "msg_1", now, "nonsense", BODY), "nonsense");
            String two = sign(STRANGER, "msg_1", now) + " " + sign(SECRET, "msg_1", now);
            assertEquals(204, post(hook, "msg_1", now, two, BODY), "genuine");
            assertEquals(204, post(hook, "msg_1", now, two, BODY), "once more");
            assertEquals(204, post(hook, "msg_3", now, sign(SECRET, "msg_3", now), BODY), "the next");
            // Process.destroy would close what is still to be read.
            process.toHandle().destroy();
            List<String> printed = new ArrayList<>();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                printed.add(line);
            }
            assertEquals(List.of(BODY, BODY), printed);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private int post(URI hook, String id, long timestamp, String signature, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hook)
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String sign(String secret, String id, long timestamp) throws Exception {
        return new Webhook(secret).sign(id, timestamp, BODY);
    }

    private static boolean isInstalled(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notFound) {
            return false;
        }
    }
}
