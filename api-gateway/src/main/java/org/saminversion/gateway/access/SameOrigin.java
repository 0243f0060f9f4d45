package org.saminversion.gateway.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells what a page of another site makes a browser send. Browsers say where a request comes from, in Sec-Fetch-Site or at least
 * in Origin, and no page can make them say something else; programs say nothing.
 */
final class SameOrigin {
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private SameOrigin() {}

    /** Whether a request that changes something comes from elsewhere. @param header null if the request has none of a name */
    static boolean isViolatedBy(String method, Function<String, String> header) {
        if (SAFE_METHODS.contains(method.toUpperCase(Locale.ROOT))) {
            return false;
        }
        String site = header.apply("Sec-Fetch-Site");
        if (site != null) {
            return !OWN_SITES.contains(site);
        }
        String origin = header.apply("Origin");
        return origin != null && !authority(origin).equals(Optional.ofNullable(header.apply("Host")));
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(new URI(origin).getRawAuthority());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
