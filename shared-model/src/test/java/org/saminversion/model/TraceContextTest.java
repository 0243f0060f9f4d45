package org.saminversion.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @Test
    void aHeaderIsReadAndWrittenAsItCame() {
        String header = "00-" + TRACE + "-" + PARENT + "-01";
        TraceContext trace = TraceContext.parse(header).orElseThrow();
        assertEquals(new TraceContext(TRACE, PARENT, "01"), trace);
        assertEquals(header, trace.toString());
    }

    @Test
    void aLaterVersionIsReadAsFarAsItIsKnown() {
        TraceContext trace =
                TraceContext.parse("cc-" + TRACE + "-" + PARENT + "-01-more").orElseThrow();
        assertEquals("00-" + TRACE + "-" + PARENT + "-01", trace.toString());
    }

    @Test
    void whatIsMalformedIsNoTrace() {
        for (String header : List.of(
                "",
                "00",
                TRACE,
                "00-" + TRACE + "-" + PARENT,
                "00-" + TRACE + "-" + PARENT + "-01-more",
                "00-" + TRACE + "-" + PARENT + "-1",
                "ff-" + TRACE + "-" + PARENT + "-01",
                "00-" + TRACE.toUpperCase() + "-" + PARENT + "-01",
                "00-" + "0".repeat(32) + "-" + PARENT + "-01",
                "00-" + TRACE + "-" + "0".repeat(16) + "-01",
                "00-" + TRACE + "-" + PARENT + "-01\r\nset-cookie: a=b",
                " 00-" + TRACE + "-" + PARENT + "-01")) {
            assertEquals(Optional.empty(), TraceContext.parse(header), header);
        }
    }

    @Test
    void aTraceThatBeginsHereIsAsGoodAsAnyOther() {
        SplittableRandom random = new SplittableRandom(7);
        TraceContext first = TraceContext.begin(random);
        for (int i = 0; i < 1_000; i++) {
            TraceContext next = TraceContext.begin(random);
            assertEquals(Optional.of(next), TraceContext.parse(next.toString()));
            assertNotEquals(first.traceId(), next.traceId());
        }
    }
}
