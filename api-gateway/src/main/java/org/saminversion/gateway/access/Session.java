package org.saminversion.gateway.access;

import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;

/** The cookie by which a browser that is signed in is known. Scripts cannot read it, and no other site makes a browser send it. */
public final class Session {
    public static final String COOKIE = "sam-session";
    public static final String SIGN_IN = "/dashboard/sign-in";

    private Session() {}

    /** @param secure whether the browser may send it over HTTPS only: where it came over HTTPS */
    public static NewCookie cookie(String token, Duration lifetime, boolean secure) {
        return new NewCookie.Builder(COOKIE)
                .value(token)
                .path("/")
                .maxAge(Math.toIntExact(lifetime.toSeconds()))
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    /** Makes the browser forget it. */
    public static NewCookie ended(boolean secure) {
        return cookie("", Duration.ZERO, secure);
    }
}
