package org.saminversion.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-25T04:00:00Z");
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5));

    @Test
    void pausesGrowByTheScheduleAndALittleByChance() {
        RetrySchedule schedule = schedule(1);
        for (int trial = 0; trial < 1000; trial++) {
            Duration pause = pause(schedule, 2, Optional.empty());
            assertTrue(
                    pause.compareTo(Duration.ofMinutes(5)) >= 0 && pause.compareTo(Duration.ofMinutes(6)) <= 0,
                    "seed 7, trial " + trial + ": " + pause);
        }
        assertTrue(pause(schedule, 1, Optional.empty()).toSeconds() >= 5);
        assertTrue(pause(schedule(0.01), 2, Optional.empty()).toMillis() <= 3_600);
    }

    @Test
    void theLastPauseIsFollowedByTheLastTry() {
        assertTrue(schedule(1).next(2, NOW, NOW, Optional.empty()).isPresent());
        assertEquals(Optional.empty(), schedule(1).next(3, NOW, NOW, Optional.empty()));
    }

    @Test
    void aMessageThatWaitedForTheWholeScheduleGetsNoOther() {
        Instant late = NOW.plus(schedule(1).longest()).plus(RetrySchedule.MARGIN);
        assertTrue(schedule(1).next(1, NOW, late, Optional.empty()).isPresent());
        assertEquals(Optional.empty(), schedule(1).next(1, NOW, late.plusMillis(1), Optional.empty()));
    }

    @Test
    void anEndpointMayAskForMoreTimeButNotForEver() {
        assertEquals(Duration.ofHours(1), pause(schedule(1), 1, Optional.of(Duration.ofHours(1))));
        assertTrue(pause(schedule(1), 2, Optional.of(Duration.ofSeconds(1))).toMinutes() >= 5);
        assertEquals(Duration.ofDays(1), pause(schedule(1), 1, Optional.of(Duration.ofDays(1000))));
    }

    @Test
    void nonsenseIsAMistakeOfTheConfiguration() {
        assertThrows(IllegalArgumentException.class, () -> schedule(0));
        assertThrows(IllegalArgumentException.class, () -> schedule(Double.NaN));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RetrySchedule(List.of(Duration.ofSeconds(-1)), 1, new Random(7)));
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        assertEquals(Optional.of(Duration.ofSeconds(120)), RetryAfter.parse("120", NOW));
        assertEquals(Optional.of(Duration.ofSeconds(30)), RetryAfter.parse("Wed, 25 Nov 2026 04:00:30 GMT", NOW));
        assertEquals(Optional.of(Duration.ZERO), RetryAfter.parse("Wed, 25 Nov 2020 04:00:30 GMT", NOW));
        for (String nonsense : List.of("", "soon", "-5", "1.5", "99999999999999999999")) {
            assertEquals(Optional.empty(), RetryAfter.parse(nonsense, NOW), nonsense);
        }
    }

    private static RetrySchedule schedule(double scale) {
        return new RetrySchedule(PAUSES, scale, new Random(7));
    }

    private static Duration pause(RetrySchedule schedule, int failed, Optional<Duration> wanted) {
        return Duration.between(NOW, schedule.next(failed, NOW, NOW, wanted).orElseThrow());
    }
}
