package org.saminversion.gateway.submissions;

import java.util.Base64;
import org.saminversion.inversion.failure.JobFailure;

/** An image within JSON, as RFC 2397 writes it: {@code data:image/png;base64,iVBOR...}. */
final class DataUrl {
    private static final String BASE64 = ";base64";

    private DataUrl() {}

    /** @throws JobFailure.Rejected of kind request-malformed */
    static byte[] decode(String url) {
        int comma = url.indexOf(',');
        if (!url.startsWith("data:") || comma < 0 || !url.substring(0, comma).endsWith(BASE64)) {
            throw new JobFailure.Rejected(
                    "request-malformed",
                    "image must be a data URL such as data:image/png;base64,iVBOR... In a multipart form it is a file.");
        }
        try {
            return Base64.getDecoder().decode(url.substring(comma + 1));
        } catch (IllegalArgumentException e) {
            throw new JobFailure.Rejected("request-malformed", "The image's base64 is wrong: " + e.getMessage(), e);
        }
    }
}
