package org.saminversion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A worker stands still for so long that another has its job when it moves again. */
class FrozenWorkerIT {
    private static final int STEPS = 10_000;
    private static final Duration TAKE_OVER_MOST = Duration.ofSeconds(90);

    @Test
    void itsLateWritesAreRefusedAndThereIsOneResult() throws Exception {
        try (Scene scene = Scene.start("frozen-worker", 2)) {
            assertEquals(202, scene.submit(new Caller.Order("wplus", STEPS, 1)));
            ServerProcess frozen = holder(scene);
            frozen.freeze();
            long before = scene.audit().fence();
            Patience.until(
                    TAKE_OVER_MOST,
                    "another worker takes the job",
                    () -> scene.audit().runsOf(other(scene, frozen)).size() == 1);
            assertTrue(scene.audit().fence() > before, "the fence has moved on");
            frozen.thaw();
            Patience.until(
                    TAKE_OVER_MOST,
                    "the worker that was frozen says that its job is in other hands",
                    () -> scene.cluster().logOf(frozen).contains("in other hands"));
            scene.awaitAllFinished(Duration.ofMinutes(3));
            scene.assertNothingLostAndNothingTwice();
            assertEquals(2, scene.audit().attempts());
            assertEquals(202, scene.submit(new Caller.Order("wplus", STEPS, 1)));
            scene.awaitAllFinished(Duration.ofMinutes(3));
            scene.assertNothingLostAndNothingTwice();
            scene.tell(
                    "frozen past its lock and continued: late writes refused, one result, bit for bit that of an unbroken run",
                    Map.of("late_writes_taken", 0, "results", 1, "equal_to_an_unbroken_run", true));
        }
    }

    private static ServerProcess holder(Scene scene) {
        List<ServerProcess> workers =
                List.of(scene.cluster().process(Scene.gpu(0)), scene.cluster().process(Scene.gpu(1)));
        ServerProcess[] found = new ServerProcess[1];
        Patience.until(Duration.ofSeconds(60), "the job has a checkpoint", () -> {
            for (ServerProcess worker : workers) {
                if (scene.audit().runsOf(worker).stream().anyMatch(run -> run.checkpoint() > 0)) {
                    found[0] = worker;
                }
            }
            return found[0] != null;
        });
        return found[0];
    }

    private static ServerProcess other(Scene scene, ServerProcess worker) {
        ServerProcess first = scene.cluster().process(Scene.gpu(0));
        return first == worker ? scene.cluster().process(Scene.gpu(1)) : first;
    }
}
