package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Tenant;
import org.saminversion.model.callback.DeliveryDraft;
import org.saminversion.model.callback.DeliveryQueue;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.callback.SendStore;
import org.saminversion.model.store.Database;

/**
 * A receiver that is down, slow and failing at random, while one sender after the other dies: every event arrives, in order for
 * each subject, and every one is genuine.
 *
 * <p>{@code -Dsam.faults.receiver-down-seconds=60 -Dsam.faults.subjects=100} is the full trial of {@code ./sam test --faults};
 * by default it is shrunk.
 */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class CallbackFaultsTest {
    private static final int DOWN_SECONDS = Integer.getInteger("sam.faults.receiver-down-seconds", 1);
    private static final int SUBJECTS = Integer.getInteger("sam.faults.subjects", 12);
    private static final int EVENTS = 5;
    private static final long SEED = Long.getLong("sam.seed", 20_261_125);

    @Inject
    DeliveryQueue queue;

    @Inject
    SendStore sends;

    @Inject
    Database database;

    private final Tenant tenant = new Tenant("default");

    @Test
    void everyEventArrivesInOrderAndGenuine() throws Exception {
        try (Receiver receiver = new Receiver()) {
            String endpoint = given().contentType("application/json")
                    .body("{\"url\":\"" + receiver.url() + "\"}")
                    .post("/v1/endpoints")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            String secret = CallbackServiceTest.secretOf(receiver.url());
            receiver.trust(() -> secret);
            Random random = new Random(SEED);
            receiver.behave(message -> moody(random));

            List<UUID> subjects = new ArrayList<>();
            for (int i = 0; i < SUBJECTS; i++) {
                subjects.add(UUID.randomUUID());
            }
            receiver.goDown();
            for (int number = 1; number <= EVENTS / 2; number++) {
                addToAll(endpoint, subjects, number);
            }
            loseSomeSenders();
            // This is what is tried, not a wait for something to happen.
            new CountDownLatch(1).await(DOWN_SECONDS, TimeUnit.SECONDS);
            receiver.comeUp();
            for (int number = EVENTS / 2 + 1; number <= EVENTS; number++) {
                addToAll(endpoint, subjects, number);
                loseSomeSenders();
            }
            check(subjects, awaitAll(receiver));
        }
    }

    /** Three answers of ten are refusals, and some take their time. */
    private static int moody(Random random) {
        int mood;
        synchronized (random) {
            mood = random.nextInt(10);
        }
        if (mood == 9) {
            try {
                new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return mood < 3 ? 500 + mood : 200;
    }

    private void addToAll(String endpoint, List<UUID> subjects, int number) {
        EndpointId id = EndpointId.parse(endpoint).orElseThrow();
        for (UUID subject : subjects) {
            DeliveryDraft draft = new DeliveryDraft(
                    tenant,
                    id,
                    subject,
                    number,
                    "test.happened",
                    Map.of("id", subject.toString(), "number", number),
                    InstantSource.system().instant());
            await(database.inTransaction(session -> queue.add(session, draft)));
        }
    }

    /** Takes messages and dies with them: its lease runs out at once. */
    private void loseSomeSenders() {
        await(sends.claim("a sender that dies", 5, 100, Duration.ZERO));
    }

    private static List<Receiver.Message> awaitAll(Receiver receiver) throws InterruptedException {
        int wanted = SUBJECTS * EVENTS;
        Set<String> ids;
        List<Receiver.Message> taken;
        int count = wanted;
        do {
            taken = receiver.await(count, 120 + DOWN_SECONDS);
            ids = new HashSet<>(taken.stream().map(Receiver.Message::id).toList());
            // Some may have come twice.
            count = taken.size() + wanted - ids.size();
        } while (ids.size() < wanted);
        return receiver.messages();
    }

    private static void check(List<UUID> subjects, List<Receiver.Message> messages) {
        String seed = "seed " + SEED;
        Map<String, Long> lastTaken = new HashMap<>();
        for (Receiver.Message message : messages) {
            assertTrue(message.genuine(), seed + ": " + message);
            long before = lastTaken.getOrDefault(message.subject(), 0L);
            assertTrue(message.number() <= before + 1, seed + ": " + message + " came before its predecessor");
            if (message.status() / 100 == 2) {
                lastTaken.put(message.subject(), Math.max(before, message.number()));
            }
        }
        for (UUID subject : subjects) {
            assertEquals(EVENTS, lastTaken.get(subject.toString()), seed);
        }
        assertEquals(SUBJECTS, lastTaken.size(), seed);
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(30));
    }
}
