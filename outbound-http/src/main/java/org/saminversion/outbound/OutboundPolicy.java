package org.saminversion.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;

/**
 * Which URLs of callers the service sends requests to.
 *
 * @param allowPrivate for development only: any scheme of HTTP, any port, and private addresses
 * @param allowHttp also without TLS
 * @param ports the ports that are taken, from 1 to 65535
 */
public record OutboundPolicy(boolean allowPrivate, boolean allowHttp, Set<Integer> ports) {
    public static final int URL_LENGTH_MAX = 2048;

    public OutboundPolicy {
        ports = Set.copyOf(ports);
        if (ports.isEmpty() || ports.stream().anyMatch(port -> port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("the outbound ports must be from 1 to 65535, unlike " + ports);
        }
    }

    /**
     * Checks all that can be seen without the network.
     *
     * @throws OutboundFailure.Refused with what is wrong
     */
    public URI parse(String text) {
        URI url = syntax(text);
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && (allowHttp || allowPrivate))) {
            throw new OutboundFailure.Refused("The URL must begin with https://, unlike " + brief(text) + ".");
        }
        int port = url.getPort() != -1 ? url.getPort() : HttpUrl.defaultPort(scheme);
        if (!allowPrivate && !ports.contains(port)) {
            throw new OutboundFailure.Refused(
                    "The port " + port + " is not allowed; allowed are " + new TreeSet<>(ports) + ".");
        }
        return url;
    }

    private static URI syntax(String text) {
        if (text.length() > URL_LENGTH_MAX) {
            throw new OutboundFailure.Refused("The URL has more than " + URL_LENGTH_MAX + " characters.");
        }
        URI url;
        try {
            url = new URI(text).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new OutboundFailure.Refused(
                    brief(text) + " is not a URL; write it in ASCII, such as https://example.org/path.", e);
        }
        if (url.getScheme() == null || url.getHost() == null) {
            throw new OutboundFailure.Refused(
                    brief(text) + " is not the URL of a host, such as https://example.org/path.");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new OutboundFailure.Refused("The URL must have no user name, password or fragment.");
        }
        if (!url.getScheme().toLowerCase(Locale.ROOT).matches("https?") || HttpUrl.get(url) == null) {
            throw new OutboundFailure.Refused(brief(text) + " is not a URL of HTTP.");
        }
        return url;
    }

    private static String brief(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return '"' + (line.length() > 100 ? line.substring(0, 100) + "..." : line) + '"';
    }
}
