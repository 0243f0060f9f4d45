package org.saminversion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The services as users start and stop them, and as the compose file asks after their health. */
class ScriptedServicesIT {
    private static final Duration PUT_BACK_MOST = Duration.ofSeconds(10);
    private static final int STEPS = 6_000;

    @Test
    void aWorkerThatIsToldToEndPutsItsJobBackAndTheNextGoesOn() throws Exception {
        try (Scene scene = Scene.startByScript("scripted-services")) {
            assertEquals(0, healthCheck(scene));
            assertEquals(202, scene.submit(new Caller.Order("sam", STEPS, 1)));
            ServerProcess worker = scene.cluster().process(Scene.gpu(0));
            Patience.until(
                    Duration.ofSeconds(60),
                    "the job is being optimised",
                    () -> scene.audit().jobsByState().containsKey("RUNNING"));
            Patience.pause(Duration.ofSeconds(2));
            worker.stop();
            // Not by the sweeper: that would wait until the lease has run out.
            Patience.until(
                    PUT_BACK_MOST,
                    "the job is put back",
                    () -> scene.audit().jobsByState().containsKey("READY"));
            int checkpoint = scene.audit().savedSteps();
            assertTrue(checkpoint > 0, "it was put back with its checkpoint");
            scene.cluster().start(Scene.gpu(0));
            scene.awaitAllFinished(Duration.ofMinutes(3));
            scene.assertNothingLostAndNothingTwice();
            scene.cluster().process(Scene.GATEWAY).kill();
            assertNotEquals(0, healthCheck(scene));
            scene.tell(
                    "a worker was ended by SIGTERM at step " + checkpoint + " of " + STEPS
                            + ", and the next went on from there; the compose file's health check tells a ready service from a"
                            + " dead one",
                    Map.of("steps", STEPS, "put_back_at_step", checkpoint, "gone_on_from_it", true));
        }
    }

    /** Runs the command of docker-compose.yml, on the gateway's port. */
    private static int healthCheck(Scene scene) throws IOException, InterruptedException {
        Matcher command = Pattern.compile("(?m)^ *- (exec 3<>.*)$")
                .matcher(Files.readString(Cluster.projectRoot().resolve("docker-compose.yml")));
        assertTrue(command.find(), "the compose file has a health check for bash");
        String port = Integer.toString(scene.cluster().address(Scene.GATEWAY).getPort());
        return new ProcessBuilder(List.of("bash", "-c", command.group(1).replace("8080", port)))
                .start()
                .waitFor();
    }
}
