package org.saminversion.gateway.dashboard.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How values read on the pages. */
class FormatsTest {
    @Test
    void numbersHaveTheirUnits() {
        assertEquals("1,234,567", Formats.grouped(1_234_567));
        assertEquals("25.6 %", Formats.percent(0.256));
        assertEquals("0.043", Formats.fixed(0.0431, 3));
        assertEquals("2026-11-27 09:30:05 UTC", Formats.exact(Instant.parse("2026-11-27T09:30:05.9Z")));
    }

    @Test
    void bytesGrowIntoLargerUnits() {
        assertEquals("0 B", Formats.bytes(0L));
        assertEquals("999 B", Formats.bytes(999L));
        assertEquals("1.0 KB", Formats.bytes(1_000L));
        assertEquals("12 MB", Formats.bytes(12_345_678L));
        assertEquals("1.0 MB", Formats.bytes(999_900L));
        assertEquals("5000 TB", Formats.bytes(5_000_000_000_000_000L));
    }

    @Test
    void durationsAreToldInTheirTwoLargestUnits() {
        assertEquals("400 ms", Formats.span(Duration.ofMillis(400)));
        assertEquals("1.4 s", Formats.span(Duration.ofMillis(1_400)));
        assertEquals("59 s", Formats.span(Duration.ofSeconds(59)));
        assertEquals("2 min 5 s", Formats.span(Duration.ofSeconds(125)));
        assertEquals("2 h", Formats.span(Duration.ofHours(2)));
        assertEquals("3 d 4 h", Formats.span(Duration.ofHours(76)));
    }
}
