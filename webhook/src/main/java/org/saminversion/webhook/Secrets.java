package org.saminversion.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Secrets that sign messages, as Standard Webhooks writes them: {@code whsec_} and 32 bytes in base64. */
public final class Secrets {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    private final SecureRandom random;

    public Secrets(SecureRandom random) {
        this.random = random;
    }

    public String create() {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        return PREFIX + Base64.getEncoder().encodeToString(secret);
    }

    /**
     * The header {@code webhook-signature}: HMAC-SHA256 over id, timestamp and body, once for each secret.
     *
     * @param seconds since 1970, the header {@code webhook-timestamp}
     */
    static String sign(List<String> secrets, String id, long seconds, String body) {
        List<String> signatures = new ArrayList<>();
        for (String secret : secrets) {
            try {
                signatures.add(new Webhook(secret).sign(id, seconds, body));
            } catch (WebhookSigningException | EmptyWebhookSecretException e) {
                throw new IllegalStateException("a secret of ours does not sign", e);
            }
        }
        return String.join(" ", signatures);
    }
}
