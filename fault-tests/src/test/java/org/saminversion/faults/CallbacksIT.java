package org.saminversion.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The receiver is down for a minute and fails at random before and after, and of two gateways that call it one is killed. */
class CallbacksIT {
    private static final int JOBS = 60;
    private static final String SECOND = "gateway-2";
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final long SEED = Long.getLong("sam.faults.seed", 1);

    @Test
    void everyEventComesInOrderAndGenuine() throws Exception {
        try (Scene scene = Scene.start("callbacks", 1);
                Receiver receiver = new Receiver(new SplittableRandom(SEED))) {
            scene.cluster().add(SECOND, "api-gateway", Scene.GATEWAY_SETTINGS);
            scene.cluster().awaitReady(SECOND);
            receiver.trust(scene.callBack(receiver.url()));
            submit(scene, JOBS / 2);
            Patience.until(
                    HALF_A_MINUTE, "callbacks come", () -> !receiver.calls().isEmpty());
            receiver.goDown();
            Patience.pause(HALF_A_MINUTE);
            scene.cluster().process(SECOND).kill();
            scene.cluster().start(SECOND);
            Patience.pause(HALF_A_MINUTE);
            int before = receiver.calls().size();
            receiver.comeUp();
            scene.cluster().awaitReady(SECOND);
            submit(scene, JOBS - JOBS / 2);
            Patience.until(
                    Duration.ofSeconds(20),
                    "callbacks come again",
                    () -> receiver.calls().size() > before);
            scene.cluster().process(SECOND).kill();
            scene.awaitAllFinished(Duration.ofMinutes(5));
            scene.assertNothingLostAndNothingTwice();
            Map<UUID, List<Long>> events = scene.audit().stateEvents();
            Patience.until(
                    Duration.ofMinutes(3),
                    "every event is taken",
                    () -> receiver.taken().equals(events));
            check(receiver.calls());
            int told = events.values().stream().mapToInt(List::size).sum();
            int calls = receiver.calls().size();
            scene.tell(
                    String.format(
                            "seed %d, %d events of %d jobs all came, in order and genuine, in %d calls; the receiver was down for"
                                    + " 60 s, failed 30 %% of the calls, and one of two gateways was killed twice",
                            SEED, told, JOBS, calls),
                    Map.of(
                            "seed", SEED,
                            "jobs", JOBS,
                            "events", told,
                            "events_delivered_in_order", told,
                            "calls", calls,
                            "receiver_down_seconds", 60,
                            "gateway_kills", 2));
        }
    }

    private static void submit(Scene scene, int jobs) throws Exception {
        for (int i = 0; i < jobs; i++) {
            assertEquals(202, scene.submit(new Caller.Order(i % 4 == 0 ? "sam" : "wplus", 200, i % 4)));
        }
    }

    /** No event is even tried before the one before it was taken. */
    private static void check(List<Receiver.Call> calls) {
        Map<UUID, Long> latest = new HashMap<>();
        Map<UUID, Boolean> settled = new HashMap<>();
        for (Receiver.Call call : calls) {
            assertTrue(call.genuine(), () -> call + " is forged");
            long before = latest.getOrDefault(call.job(), 0L);
            if (call.number() > before) {
                assertTrue(settled.getOrDefault(call.job(), true), () -> call + " overtook event " + before);
                latest.put(call.job(), call.number());
                settled.put(call.job(), call.taken());
            } else if (call.number() == before && call.taken()) {
                settled.put(call.job(), true);
            }
        }
    }
}
