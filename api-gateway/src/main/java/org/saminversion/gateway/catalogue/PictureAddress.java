package org.saminversion.gateway.catalogue;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.saminversion.inversion.failure.JobFailure;

/** Addresses of pictures. Whether one may be called is decided when it is called: its name can lead elsewhere by then. */
final class PictureAddress {
    private static final int LENGTH_MAX = 2_048;

    private PictureAddress() {}

    /** @throws JobFailure.Rejected of kind {@code line-malformed} */
    static URI parse(String text) {
        if (text.length() > LENGTH_MAX) {
            throw malformed("The url has " + text.length() + " characters; at most " + LENGTH_MAX + " are taken.");
        }
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            throw malformed("This is not a url: " + e.getReason() + " at character " + (e.getIndex() + 1) + ".");
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http") || address.getHost() == null) {
            throw malformed("A url begins with https:// or http:// and a host.");
        }
        if (address.getRawUserInfo() != null) {
            throw malformed("A url must not carry a user or a password: they would be kept with the batch.");
        }
        return URI.create(address.toASCIIString());
    }

    private static JobFailure.Rejected malformed(String detail) {
        return new JobFailure.Rejected("line-malformed", detail);
    }
}
