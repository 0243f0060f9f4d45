package org.saminversion.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineBenchmarkTest {
    @Test
    void timesTheSmallLayout() {
        List<String> lines = new ArrayList<>();
        EngineBenchmark.Result result = new EngineBenchmark(System::nanoTime, lines::add)
                .run(new EngineBenchmark.Plan(64, 1, 2, 2, 2, Optional.empty()));
        assertEquals(2, lines.size());
        assertTrue(result.fastest() > 0 && result.fastest() <= result.secondsPerStep());
        assertTrue(result.gigaflops() > 0 && result.gemmPeakGigaflops() > 0);
        assertTrue(result.ratio().isEmpty());
    }

    /** 0.9 billion multiplications forward, counted by hand from the layers of the 64-pixel layout. */
    @Test
    void countsTheWorkThatTheMathematicsNeeds() {
        assertEquals(3.6e9, UsefulWork.operations(BenchmarkLayout.of(64)), 0.3e9);
        double large = UsefulWork.operations(BenchmarkLayout.of(512));
        assertTrue(large > 250e9 && large < 500e9, "operations at 512 pixels: " + large);
    }

    @Test
    void otherSizesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> BenchmarkLayout.of(128));
    }
}
