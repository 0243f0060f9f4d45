package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.saminversion.model.store.SimulationFigures.Happening;

/** The way to the database, on which calls and answers are lost now and then. */
final class SimulatedFaults {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final double LOSS = 0.04;

    private final RandomGenerator random;
    private final SimulationFigures figures;
    private boolean over;

    SimulatedFaults(RandomGenerator random, SimulationFigures figures) {
        this.random = random;
        this.figures = figures;
    }

    /** The caller does not know whether it was done. */
    static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** No fault happens from now on. */
    void end() {
        over = true;
    }

    /** True with this probability, as long as faults happen. */
    boolean strike(double probability) {
        return random.nextDouble() < probability && !over;
    }

    /** @throws NoAnswer if the call, or only its answer, is lost */
    <T> T call(Supplier<Uni<T>> operation) {
        if (strike(LOSS)) {
            figures.count(Happening.DATABASE_AWAY);
            throw new NoAnswer();
        }
        T answer = operation.get().await().atMost(PATIENCE);
        if (strike(LOSS)) {
            figures.count(Happening.ANSWER_LOST);
            throw new NoAnswer();
        }
        return answer;
    }
}
