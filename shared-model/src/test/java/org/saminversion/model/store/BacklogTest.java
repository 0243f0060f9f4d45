package org.saminversion.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static Backlog of(long waiting, long working, double ageSeconds, double endedPerSecond) {
        return new Backlog(Map.of(Backlog.RUN, new Backlog.Queue(waiting, working, ageSeconds)), endedPerSecond, 0);
    }

    @Test
    void jobsBecomeSecondsByTheThroughput() {
        assertEquals(60, of(28, 2, 45, 0.5).seconds(Backlog.RUN));
    }

    @Test
    void withoutAThroughputTheOldestSaysTheLeast() {
        assertEquals(45, of(28, 2, 45, 0).seconds(Backlog.RUN));
    }

    @Test
    void nothingLeftTakesNoTime() {
        assertEquals(0, of(0, 0, 0, 0.5).seconds(Backlog.RUN));
    }
}
