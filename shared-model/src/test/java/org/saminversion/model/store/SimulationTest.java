package org.saminversion.model.store;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/**
 * Many seeded histories of a small service on the real stores: workers crash, freeze and come back, answers and messages are
 * lost or come twice, callers cancel, and the clock leaps.
 */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class SimulationTest {
    private static final int RUNS = Integer.getInteger("sam.simulation.runs", 10);
    private static final long FIRST_SEED = Long.getLong("sam.simulation.seed", 1);

    @Inject
    Database database;

    @Inject
    Pool pool;

    @Test
    void noHistoryLosesAJobOrGivesItTwoResults() {
        SimulationFigures figures = new SimulationFigures();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
            try {
                new Simulation(database, pool, seed, figures).run();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "seed " + seed + "; repeat it with -Dsam.simulation.runs=1 -Dsam.simulation.seed=" + seed,
                        failure);
            }
        }
        figures.requireThatEverythingHappened();
    }
}
