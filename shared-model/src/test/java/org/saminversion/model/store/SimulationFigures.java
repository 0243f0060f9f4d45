package org.saminversion.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often what happened in simulated histories: a fault that never happens proves nothing. */
final class SimulationFigures {
    enum Happening {
        JOB_SUCCEEDED,
        JOB_CANCELLED,
        JOB_PARKED,
        WORKER_CRASHED,
        WORKER_FROZE,
        LOCK_EXPIRED,
        RUN_RESUMED,
        LEASE_TAKEN_OVER,
        LATE_WRITE_REFUSED,
        ANSWER_LOST,
        DATABASE_AWAY,
        MESSAGE_SENT_TWICE,
        MESSAGE_LOST,
        SWEEP_MENDED
    }

    private final Map<Happening, Integer> counts = new EnumMap<>(Happening.class);

    void count(Happening happening) {
        counts.merge(happening, 1, Integer::sum);
    }

    void requireThatEverythingHappened() {
        List<Happening> missing = new ArrayList<>(List.of(Happening.values()));
        missing.removeAll(counts.keySet());
        assertEquals(List.of(), missing, () -> "what happened: " + counts);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
