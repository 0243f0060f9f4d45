package org.saminversion.gateway.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers tell of where a request comes from. */
class SameOriginTest {
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", ""})
    void aPageOfAnotherSiteChangesNothing(String site) {
        Map<String, String> headers =
                Map.of("Sec-Fetch-Site", site, "Host", "sam.example", "Origin", "https://sam.example");
        assertTrue(SameOrigin.isViolatedBy("POST", headers::get));
        assertTrue(SameOrigin.isViolatedBy("delete", headers::get));
        assertFalse(SameOrigin.isViolatedBy("GET", headers::get));
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void ourOwnPagesDo(String site) {
        assertFalse(SameOrigin.isViolatedBy("POST", Map.of("Sec-Fetch-Site", site)::get));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "http://127.0.0.1:9090", "null", "http://127.0.0.1", "http://[", ""})
    void olderBrowsersTellTheOriginOnly(String origin) {
        Map<String, String> headers = Map.of("Origin", origin, "Host", "127.0.0.1:8080");
        assertTrue(SameOrigin.isViolatedBy("POST", headers::get));
        assertFalse(SameOrigin.isViolatedBy(
                "POST", Map.of("Origin", "http://127.0.0.1:8080", "Host", "127.0.0.1:8080")::get));
    }

    @Test
    void programsTellNothing() {
        assertFalse(SameOrigin.isViolatedBy("POST", Map.of("Host", "127.0.0.1:8080")::get));
    }
}
