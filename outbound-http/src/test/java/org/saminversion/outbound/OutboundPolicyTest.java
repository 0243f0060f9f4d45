package org.saminversion.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPolicyTest {
    private static final OutboundPolicy STRICT = new OutboundPolicy(false, false, Set.of(443, 8443));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org",
                "https://example.org/a?b=c",
                "HTTPS://EXAMPLE.ORG:8443/",
                "https://[2606:4700:4700::1111]/",
                "https://xn--bcher-kva.example/"
            })
    void urlsThatAreTaken(String url) {
        assertEquals(url, STRICT.parse(url).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/path",
                "example.org",
                "https:",
                "https://",
                "https:///path",
                "http://example.org/",
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://example.org/",
                "javascript:alert(1)",
                "https://example.org:22/",
                "https://example.org:0/",
                "https://example.org:65536/",
                "https://user@example.org/",
                "https://user:secret@example.org/",
                "https://example.org@evil.example/",
                "https://example.org/#fragment",
                "https://exa mple.org/",
                "https://example.org/a b",
                "https://exämple.org/",
                "https://example.org\\@evil.example/",
                "https://example.org/\r\nX-Evil: 1",
                "https://[::1",
                "https://[fe80::1%25eth0]/"
            })
    void urlsThatAreRefused(String url) {
        String message = assertThrows(OutboundFailure.Refused.class, () -> STRICT.parse(url))
                .getMessage();
        assertFalse(message.chars().anyMatch(Character::isISOControl), message);
    }

    @Test
    void urlsHaveALimitedLength() {
        assertThrows(OutboundFailure.Refused.class, () -> STRICT.parse("https://example.org/" + "a".repeat(2048)));
    }

    @Test
    void theDevelopmentSwitchOpensSchemesAndPorts() {
        OutboundPolicy open = new OutboundPolicy(true, false, Set.of(443));
        assertEquals(9000, open.parse("http://localhost:9000/hook").getPort());
        assertThrows(OutboundFailure.Refused.class, () -> open.parse("file:///etc/passwd"));
    }

    @Test
    void plainHttpCanBeAllowedByItself() {
        OutboundPolicy http = new OutboundPolicy(false, true, Set.of(80, 443));
        assertEquals("http", http.parse("http://example.org/").getScheme());
        assertThrows(OutboundFailure.Refused.class, () -> http.parse("http://example.org:8080/"));
    }

    @Test
    void wrongPortsAreAMistakeOfTheConfiguration() {
        assertThrows(IllegalArgumentException.class, () -> new OutboundPolicy(false, false, Set.of(0)));
        assertThrows(IllegalArgumentException.class, () -> new OutboundPolicy(false, false, Set.of()));
    }
}
