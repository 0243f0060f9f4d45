package org.saminversion.model.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saminversion.model.Sha256;

/**
 * A key as callers send it: {@code sam_<id>_<secret>}, 12 and 48 hexadecimal digits. The prefix lets scanners of published
 * code recognise a key that got lost.
 */
public final class KeyText {
    private static final Pattern FORM = Pattern.compile("sam_([0-9a-f]{12})_([0-9a-f]{48})");
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 24;

    private final String id;
    private final String secret;

    private KeyText(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    static KeyText random(RandomGenerator random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new KeyText(HexFormat.of().formatHex(id), HexFormat.of().formatHex(secret));
    }

    /** Empty unless the text has the form of a key. */
    public static Optional<KeyText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new KeyText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    public String id() {
        return id;
    }

    /** The whole key: shown once, to whoever it is made for. */
    public String reveal() {
        return "sam_" + id + "_" + secret;
    }

    /** Names the key where it must not be known, such as in a cache. */
    public String sha256() {
        return Sha256.of(secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** Compares in a time that does not tell how much agrees. */
    boolean hasSecret(String sha256) {
        return MessageDigest.isEqual(
                sha256().getBytes(StandardCharsets.US_ASCII), sha256.getBytes(StandardCharsets.US_ASCII));
    }

    /** Without the secret, for logs. */
    @Override
    public String toString() {
        return "sam_" + id + "_...";
    }
}
