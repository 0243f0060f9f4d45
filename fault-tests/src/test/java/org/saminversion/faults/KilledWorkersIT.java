package org.saminversion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Three GPU workers of which one is killed every five seconds for two minutes, and now and then the segmenter worker. */
class KilledWorkersIT {
    private static final int JOBS = 200;
    private static final int WORKERS = 3;
    private static final int KILLS = 24;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int SEGMENTER_EVERY = 5;
    private static final long SEED = Long.getLong("sam.faults.seed", 1);

    @Test
    void twoHundredJobsHaveTwoHundredResultsThatNoKillChanged() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (Scene scene = Scene.start("killed-workers", WORKERS)) {
            for (int i = 0; i < JOBS; i++) {
                assertEquals(202, scene.submit(order(i)));
            }
            List<Audit.LeftRun> left = new ArrayList<>();
            for (int kill = 1; kill <= KILLS; kill++) {
                Patience.pause(PAUSE);
                kill(scene, Scene.gpu(random.nextInt(WORKERS)), left);
                if (kill % SEGMENTER_EVERY == 0) {
                    kill(scene, Scene.segmenter(0), left);
                }
            }
            scene.awaitAllFinished(Duration.ofMinutes(10));
            scene.assertNothingLostAndNothingTwice();
            assertEquals(JOBS, scene.audit().jobs().size());
            long resumed = 0;
            for (Audit.LeftRun run : left) {
                int first = scene.audit().firstStepAfter(run);
                assertTrue(first > run.checkpoint(), () -> run + " was begun again: its next report was of " + first);
                resumed += run.checkpoint() > 0 ? 1 : 0;
            }
            assertTrue(resumed > 0, "no run was killed after a checkpoint: the test proves nothing");
            long moved = scene.audit().moved();
            scene.tell(
                    String.format(
                            "seed %d, %d jobs, %d kills, %d runs killed, %d of them with a checkpoint and all of those"
                                    + " went on from it, %d jobs moved, equal orders have equal latents",
                            SEED, JOBS, KILLS, left.size(), resumed, moved),
                    Map.of(
                            "seed", SEED,
                            "jobs", JOBS,
                            "results", scene.audit().jobs().size(),
                            "kills", KILLS,
                            "runs_killed", left.size(),
                            "runs_killed_after_a_checkpoint", resumed,
                            "runs_resumed_from_it", resumed,
                            "jobs_moved", moved));
        }
    }

    /** Stops the process first, so that what it leaves can be read before another takes it. */
    private static void kill(Scene scene, String name, List<Audit.LeftRun> left) throws Exception {
        ServerProcess worker = scene.cluster().process(name);
        worker.freeze();
        Patience.pause(Duration.ofMillis(100));
        left.addAll(scene.audit().runsOf(worker));
        worker.kill();
        scene.cluster().start(name);
    }

    private static Caller.Order order(int i) {
        return new Caller.Order(i % 4 == 0 ? "sam" : "wplus", 2_000, i % 8);
    }
}
