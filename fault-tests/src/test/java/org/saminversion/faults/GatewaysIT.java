package org.saminversion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two gateways share the callers; one is killed while they submit, and comes back. */
class GatewaysIT {
    private static final int JOBS = 120;
    private static final String SECOND = "gateway-2";

    @Test
    void aGatewayThatDiesTakesNothingWithIt() throws Exception {
        try (Scene scene = Scene.start("gateways", 2)) {
            scene.cluster().add(SECOND, "api-gateway", Map.of());
            scene.cluster().awaitReady(SECOND);
            List<URI> gateways = List.of(
                    scene.cluster().address(Scene.GATEWAY), scene.cluster().address(SECOND));
            int refused = 0;
            for (int i = 0; i < JOBS; i++) {
                if (i == JOBS / 3) {
                    scene.cluster().process(SECOND).kill();
                }
                if (i == 2 * JOBS / 3) {
                    scene.cluster().start(SECOND);
                    scene.cluster().awaitReady(SECOND);
                }
                Caller.Order order = new Caller.Order("wplus", 200, i % 4);
                try {
                    assertEquals(202, scene.submit(gateways.get(i % 2), order));
                } catch (IOException nobodyListens) {
                    refused++;
                    assertEquals(202, scene.submit(gateways.get(0), order));
                }
            }
            scene.awaitAllFinished(Duration.ofMinutes(5));
            scene.assertNothingLostAndNothingTwice();
            assertEquals(JOBS, scene.audit().jobs().size());
            scene.tell(
                    JOBS + " jobs through two gateways, one of them killed and started again, " + refused
                            + " calls repeated at the other",
                    Map.of("jobs", JOBS, "results", scene.audit().jobs().size(), "calls_repeated", refused));
        }
    }
}
