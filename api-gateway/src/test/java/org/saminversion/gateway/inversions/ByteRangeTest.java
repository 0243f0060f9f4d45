package org.saminversion.gateway.inversions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;

class ByteRangeTest {
    private static final long SIZE = 10;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, bytes 0-3/10",
        "bytes=4-, bytes 4-9/10",
        "bytes=9-9, bytes 9-9/10",
        "bytes=5-500, bytes 5-9/10",
        "bytes=-3, bytes 7-9/10",
        "bytes=-300, bytes 0-9/10",
        "bytes = 1-2, bytes 1-2/10",
    })
    void aRangeIsUnderstood(String header, String contentRange) {
        assertEquals(Optional.of(contentRange), ByteRange.parse(header, SIZE).map(range -> range.of(SIZE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "items=0-3",
                "bytes=0-1,3-4",
                "bytes=3-1",
                "bytes=99999999999999999999-",
                "bytes=0--1"
            })
    void anythingElseIsIgnored(String header) {
        assertEquals(Optional.empty(), ByteRange.parse(header, SIZE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0", "bytes=999999999999999999-"})
    void bytesBeyondTheEndAreRefused(String header) {
        ProblemFailure refused = assertThrows(ProblemFailure.class, () -> ByteRange.parse(header, SIZE));
        assertEquals(ProblemKind.RANGE_NOT_SATISFIABLE, refused.kind());
        assertEquals("bytes */10", refused.headers().get("Content-Range"));
    }
}
