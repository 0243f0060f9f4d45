package org.saminversion.model.access;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.saminversion.model.Sha256;

/** What a browser that is signed in sends: 192 random bits as 48 hexadecimal digits. */
public final class SessionToken {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{48}");
    private static final int BYTES = 24;

    private final String secret;

    private SessionToken(String secret) {
        this.secret = secret;
    }

    static SessionToken random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SessionToken(HexFormat.of().formatHex(bytes));
    }

    /** Empty unless the text has the form of a token. */
    public static Optional<SessionToken> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new SessionToken(text)) : Optional.empty();
    }

    /** For the browser's cookie, and nowhere else. */
    public String reveal() {
        return secret;
    }

    /** Names the session where the token must not be known, such as in a table or a cache. */
    public String sha256() {
        return Sha256.of(secret.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "a session's token";
    }
}
