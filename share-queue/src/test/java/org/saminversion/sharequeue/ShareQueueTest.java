package org.saminversion.sharequeue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.embedded.EmbeddedKafka;

/** Against a real broker whose record locks last two seconds. */
class ShareQueueTest {
    private static final long SOON_SECONDS = 15;
    private static final long LOCK_MS = 2_000;

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static KafkaProducer<String, String> producer;

    private final BlockingQueue<Message<String>> arrivals = new LinkedBlockingQueue<>();
    private String topic;
    private ShareQueue queue;

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = EmbeddedKafka.start(
                folder,
                Map.of(
                        "group.share.record.lock.duration.ms", Long.toString(LOCK_MS),
                        "group.share.min.record.lock.duration.ms", "1000",
                        "group.share.delivery.count.limit", "3"));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new StringSerializer(), new StringSerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        kafka.close();
    }

    @BeforeEach
    void openQueue(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        queue = open(1);
    }

    @AfterEach
    void closeQueue() {
        arrivals.forEach(Message::ack);
        queue.close();
    }

    @Test
    void deliversWhatWasSentBeforeTheFirstWorkerJoined() throws Exception {
        queue.close();
        send("early");
        queue = open(1);
        Message<String> message = next();
        assertEquals("early", message.getPayload());
        assertEquals(1, delivery(message).deliveryCount());
        message.ack();
        assertNothingComes();
    }

    @Test
    void tellsWhatTheSenderPutBesideTheRecord() throws Exception {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, "body");
        record.headers().add("colour", "red".getBytes(StandardCharsets.UTF_8));
        record.headers().add("colour", "grün".getBytes(StandardCharsets.UTF_8));
        record.headers().add("nothing", null);
        producer.send(record).get(SOON_SECONDS, TimeUnit.SECONDS);
        Message<String> message = next();
        assertEquals(Map.of("colour", "grün"), delivery(message).headers());
        message.ack();
    }

    @Test
    void isConnectedOnceTheBrokerAnswersAndAliveUntilItIsClosed() throws Exception {
        send("first");
        next().ack();
        assertTrue(queue.isConnected());
        assertTrue(queue.isAlive());
        ShareQueue lonely = new ShareQueue("lonely", new ShareQueueSettings("127.0.0.1:1", topic, "lonely", 1));
        lonely.messages().subscribe().with(arrivals::add);
        assertFalse(lonely.isConnected());
        assertTrue(lonely.isAlive());
        lonely.close();
    }

    @Test
    void keepsTheLockForAsLongAsTheWorkLasts() throws Exception {
        send("long");
        Message<String> message = next();
        assertNull(arrivals.poll(3 * LOCK_MS, TimeUnit.MILLISECONDS), "a record in work must not come again");
        assertFalse(lost(message).isDone());
        message.ack();
        assertNothingComes();
    }

    @Test
    void bringsAReleasedRecordAgainAndCountsDeliveries() throws Exception {
        send("again");
        next().nack(new IllegalStateException("busy"));
        Message<String> second = next();
        assertEquals(2, delivery(second).deliveryCount());
        assertTrue(delivery(second).isRedelivery());
        second.ack();
        assertNothingComes();
    }

    @Test
    void dropsARejectedRecord() throws Exception {
        send("bad");
        send("good");
        Message<String> bad = next();
        assertEquals("bad", bad.getPayload());
        bad.nack(new RejectedDelivery("not a job", null));
        Message<String> good = next();
        assertEquals("good", good.getPayload());
        good.ack();
        assertNothingComes();
    }

    @Test
    void givesARecordUpAfterTheBrokersDeliveryLimit() throws Exception {
        send("hopeless");
        for (int count = 1; count <= 3; count++) {
            Message<String> message = next();
            assertEquals(count, delivery(message).deliveryCount());
            message.nack(new IllegalStateException("fails every time"));
        }
        assertNothingComes();
    }

    @Test
    void saysThatTheLockIsLostWhenTheTopicIsGone() throws Exception {
        send("orphan");
        Message<String> message = next();
        try (var admin = org.apache.kafka.clients.admin.Admin.create(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteTopics(Set.of(topic)).all().get(SOON_SECONDS, TimeUnit.SECONDS);
        }
        lost(message).get(SOON_SECONDS, TimeUnit.SECONDS);
        message.nack(new IllegalStateException("lost"));
    }

    @Test
    void takesTheRecordAgainAfterItsProcessStoodStill() throws Exception {
        queue.close();
        AtomicInteger deliveries = new AtomicInteger();
        Slot slot = new Slot("frozen", settings(1), message -> {
            if (deliveries.incrementAndGet() == 1) {
                standStill(3 * LOCK_MS);
                lost(message).thenRun(message::ack);
            } else {
                arrivals.add(message);
            }
        });
        Thread thread = new Thread(slot, "frozen-slot");
        thread.start();
        try {
            send("patient");
            Message<String> again = next();
            assertEquals("patient", again.getPayload());
            again.ack();
        } finally {
            slot.stop();
            thread.join(TimeUnit.SECONDS.toMillis(SOON_SECONDS));
        }
        assertFalse(thread.isAlive(), "a slot ends when it is told to");
    }

    @Test
    void worksOnAsManyRecordsAsThereAreSlotsOnOnePartition() throws Exception {
        queue.close();
        queue = open(3);
        for (int i = 0; i < 3; i++) {
            send("job " + i);
        }
        Set<String> open = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            Message<String> message = next();
            open.add(message.getPayload());
            arrivals.remove(message);
            CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(message::ack);
        }
        assertEquals(Set.of("job 0", "job 1", "job 2"), open);
    }

    @Test
    void settlesTheRecordInWorkWhenItIsClosed() throws Exception {
        send("draining");
        Message<String> message = next();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(queue::close);
        assertNull(arrivals.poll(1, TimeUnit.SECONDS));
        assertFalse(closed.isDone(), "close waits for the work");
        message.ack();
        closed.get(SOON_SECONDS, TimeUnit.SECONDS);
        queue = open(1);
        assertNothingComes();
    }

    private ShareQueue open(int slots) {
        ShareQueue opened = new ShareQueue(topic, settings(slots));
        opened.messages().subscribe().with(arrivals::add);
        return opened;
    }

    private ShareQueueSettings settings(int slots) {
        return new ShareQueueSettings(kafka.bootstrapServers(), topic, "workers-of-" + topic, slots);
    }

    private static void standStill(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String value) throws Exception {
        producer.send(new ProducerRecord<>(topic, value)).get(SOON_SECONDS, TimeUnit.SECONDS);
    }

    private Message<String> next() throws InterruptedException {
        Message<String> message = arrivals.poll(SOON_SECONDS, TimeUnit.SECONDS);
        assertTrue(message != null, "a record should have arrived");
        return message;
    }

    private void assertNothingComes() throws InterruptedException {
        assertNull(arrivals.poll(LOCK_MS + 500, TimeUnit.MILLISECONDS));
    }

    private static Delivery delivery(Message<String> message) {
        return message.getMetadata(Delivery.class).orElseThrow();
    }

    private static CompletableFuture<Void> lost(Message<String> message) {
        return delivery(message).lost().toCompletableFuture();
    }
}
