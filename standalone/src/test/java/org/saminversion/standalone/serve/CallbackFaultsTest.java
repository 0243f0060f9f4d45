package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>By default it is shrunk. The full trial is {@code -Dsam.faults.receiver-down-seconds=60 -Dsam.faults.receiver-hang-seconds=16
 * -Dsam.faults.subjects=100}, and {@code -Dsam.faults.report=FILE} writes down what happened.
 */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class CallbackFaultsTest {
    private static final int DOWN_SECONDS = Integer.getInteger("sam.faults.receiver-down-seconds", 1);
    /** Longer than the service waits for an answer in the full trial, so that it sends what has arrived once more. */
    private static final int HANG_SECONDS = Integer.getInteger("sam.faults.receiver-hang-seconds", 0);

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
            long upNanos = System.nanoTime();
            for (int number = EVENTS / 2 + 1; number <= EVENTS; number++) {
                addToAll(endpoint, subjects, number);
                loseSomeSenders();
            }
            List<Receiver.Message> messages = awaitAll(receiver);
            double seconds = (System.nanoTime() - upNanos) / 1e9;
            check(subjects, messages);
            report(messages, seconds);
        }
    }

    /** Thirty answers of a hundred are refusals, ten take their time, and two hang. */
    private static int moody(Random random) {
        int mood;
        synchronized (random) {
            mood = random.nextInt(100);
        }
        if (mood >= 90) {
            pauseMs(100);
        } else if (mood >= 88) {
            pauseMs(1000 * HANG_SECONDS);
        }
        return mood < 30 ? 500 + mood % 4 : 200;
    }

    private static void pauseMs(int ms) {
        try {
            new CountDownLatch(1).await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
                    InstantSource.system().instant(),
                    Optional.empty());
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

    private static void report(List<Receiver.Message> messages, double seconds) throws IOException {
        String file = System.getProperty("sam.faults.report");
        if (file == null) {
            return;
        }
        long taken =
                messages.stream().filter(message -> message.status() / 100 == 2).count();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("seed", SEED);
        figures.put("subjects", SUBJECTS);
        figures.put("eventsSent", SUBJECTS * EVENTS);
        figures.put("receiverDownSeconds", DOWN_SECONDS);
        figures.put("receiverHangSeconds", HANG_SECONDS);
        figures.put("requestsAnswered", messages.size());
        figures.put("requestsRefusedByReceiver", messages.size() - taken);
        figures.put("eventsDeliveredTwice", taken - SUBJECTS * EVENTS);
        figures.put(
                "eventsDelivered",
                messages.stream()
                        .filter(message -> message.status() / 100 == 2)
                        .map(Receiver.Message::id)
                        .distinct()
                        .count());
        figures.put(
                "signaturesWrong",
                messages.stream().filter(message -> !message.genuine()).count());
        figures.put("secondsFromRecoveryToLastEvent", Math.round(seconds * 10) / 10.0);
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(Path.of(file).toFile(), figures);
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(30));
    }
}
