package org.saminversion.standalone.cli.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.frame.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Checks what a receiver got: whether the signature is ours, and whether the message is fresh. */
@Command(
        name = "verify",
        description = {
            "Check the signature of a callback that was received.",
            "Prints valid, or says what is wrong and ends with exit code 1.",
        })
final class WebhookVerifyCommand implements Callable<Integer> {
    @ParentCommand
    private WebhookCommand webhook;

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            defaultValue = "${env:SAM_WEBHOOK_SECRET}",
            required = true,
            description = "The endpoint's secret, whsec_... Default: the variable SAM_WEBHOOK_SECRET.")
    private String secret;

    @Option(names = "--id", paramLabel = "ID", required = true, description = "The header webhook-id.")
    private String id;

    @Option(
            names = "--timestamp",
            paramLabel = "SECONDS",
            required = true,
            description = "The header webhook-timestamp.")
    private long timestampSeconds;

    @Option(
            names = "--signature",
            paramLabel = "SIGNATURES",
            required = true,
            description = "The header webhook-signature.")
    private String signatures;

    @Option(
            names = "--tolerance",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How old the message may be. Default: ${DEFAULT-VALUE}.")
    private long toleranceSeconds;

    @Parameters(paramLabel = "FILE", description = "The body, byte for byte; - for standard input.")
    private String file;

    @Override
    public Integer call() throws IOException {
        requireSignature(body());
        requireFresh();
        webhook.console().out().println("valid");
        return ExitCode.SUCCESS;
    }

    private String body() throws IOException {
        byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void requireSignature(String body) {
        byte[] expected = sign(body).getBytes(StandardCharsets.US_ASCII);
        boolean found = false;
        for (String signature : signatures.split(" ")) {
            // Every one is compared, in a time that tells nothing about the secret.
            found |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII));
        }
        if (!found) {
            throw new JobFailure.Rejected(
                    "signature-invalid",
                    "no signature matches: check that the secret is the endpoint's and that the body is byte for byte"
                            + " what was received");
        }
    }

    private String sign(String body) {
        try {
            return new Webhook(secret).sign(id, timestampSeconds, body);
        } catch (WebhookSigningException | EmptyWebhookSecretException | IllegalArgumentException e) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "the secret must be whsec_ and base64: " + e.getMessage(), e);
        }
    }

    private void requireFresh() {
        Instant now = webhook.console().clock().instant();
        Duration age =
                Duration.between(Instant.ofEpochSecond(timestampSeconds), now).abs();
        if (age.toSeconds() > toleranceSeconds) {
            throw new JobFailure.Rejected(
                    "signature-invalid",
                    "the signature matches, but the message is " + age.toSeconds()
                            + " s old; a receiver should refuse it" + " (--tolerance allows more)");
        }
    }
}
