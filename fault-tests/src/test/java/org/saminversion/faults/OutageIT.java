package org.saminversion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Broker or database are away for twenty seconds while jobs run and more are submitted. */
class OutageIT {
    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration OUTAGE = Duration.ofSeconds(20);
    private static final Duration AFTER = Duration.ofSeconds(10);
    private static final int STEPS = 500;

    @FunctionalInterface
    private interface Fault {
        void apply(Cluster cluster) throws IOException;
    }

    @Test
    void theBrokerIsKilledAndStartedAgain() throws Exception {
        run("broker-killed", cluster -> cluster.broker().kill(), Cluster::startBroker);
    }

    @Test
    void theBrokerHangs() throws Exception {
        run(
                "broker-frozen",
                cluster -> cluster.broker().freeze(),
                cluster -> cluster.broker().thaw());
    }

    @Test
    void theDatabaseIsKilledAndStartedAgain() throws Exception {
        run(
                "database-killed",
                cluster -> cluster.database().kill(),
                cluster -> cluster.database().start());
    }

    @Test
    void theDatabaseHangs() throws Exception {
        run(
                "database-frozen",
                cluster -> cluster.database().freeze(),
                cluster -> cluster.database().thaw());
    }

    private static void run(String name, Fault begin, Fault end) throws Exception {
        try (Scene scene = Scene.start(name, 2);
                Load load = new Load(scene, STEPS)) {
            Patience.pause(BEFORE);
            begin.apply(scene.cluster());
            Patience.pause(OUTAGE);
            end.apply(scene.cluster());
            Patience.pause(AFTER);
            Map<Integer, Integer> answers = load.stop();
            long healed = System.nanoTime();
            scene.awaitAllFinished(Duration.ofMinutes(5));
            long seconds = (System.nanoTime() - healed) / 1_000_000_000;
            assertTrue(Set.of(202, 503).containsAll(answers.keySet()), () -> "answers by status: " + answers);
            assertEquals(answers.get(202), scene.accepted().size());
            scene.assertNothingLostAndNothingTwice();
            scene.tell(
                    String.format(
                            "submissions answered by status %s, %d jobs stored, all over %d s after the last submission",
                            answers, scene.audit().jobs().size(), seconds),
                    Map.of(
                            "answers_by_status",
                            answers,
                            "jobs_stored",
                            scene.audit().jobs().size(),
                            "seconds_to_the_last_result",
                            seconds));
        }
    }
}
