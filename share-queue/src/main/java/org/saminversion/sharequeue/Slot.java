package org.saminversion.sharequeue;

import static org.apache.kafka.clients.consumer.AcknowledgeType.ACCEPT;
import static org.apache.kafka.clients.consumer.AcknowledgeType.REJECT;
import static org.apache.kafka.clients.consumer.AcknowledgeType.RELEASE;
import static org.apache.kafka.clients.consumer.AcknowledgeType.RENEW;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/**
 * One record in work at a time: takes it, renews its lock until the work ends, and settles it. Only {@link
 * #stop} may be called by another thread.
 */
final class Slot implements Runnable {
    private static final Logger LOG = Logger.getLogger(Slot.class);
    /** How long a stop may wait for an idle slot. The broker answers earlier as soon as there is a record. */
    private static final Duration IDLE_POLL = Duration.ofMillis(500);

    private static final Duration RENEW_POLL = Duration.ofMillis(200);
    /** Of a broker that is away, nothing is to be expected. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);
    private static final int LOCK_DEFAULT_MS = 30_000;
    private static final long RECONNECT_WAIT_MS = 2_000;

    private final String name;
    private final ShareQueueSettings settings;
    private final Consumer<Message<String>> out;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean connected;
    private volatile boolean ended;

    Slot(String name, ShareQueueSettings settings, Consumer<Message<String>> out) {
        this.name = name;
        this.settings = settings;
        this.out = out;
    }

    /** No further record is taken; a record in work is still settled. */
    void stop() {
        stopping.countDown();
    }

    /** Whether the broker answered when it was last asked. */
    boolean isConnected() {
        return connected;
    }

    /** Whether its thread has come to an end. */
    boolean isEnded() {
        return ended;
    }

    @Override
    public void run() {
        try {
            while (!isStopping()) {
                try {
                    ShareGroup.prepare(settings);
                    connected = true;
                    serve();
                } catch (RuntimeException e) {
                    // Kafka's client also throws IllegalStateException, as for a broker that is still starting. A
                    // slot that ended there would leave its worker idle for ever.
                    LOG.warnf("%s lost Kafka at %s and connects anew: %s", name, settings.bootstrapServers(), e);
                    stopping.await(RECONNECT_WAIT_MS, TimeUnit.MILLISECONDS);
                } finally {
                    connected = false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Returns when it is told to stop, or when the consumer is of no use any more. */
    private void serve() throws InterruptedException {
        KafkaShareConsumer<String, String> own = open();
        try {
            own.subscribe(List.of(settings.topic()));
            FetchWatch watch = new FetchWatch(own.metrics());
            while (!isStopping()) {
                for (ConsumerRecord<String, String> record : own.poll(IDLE_POLL)) {
                    work(own, record);
                }
                if (watch.isSilent()) {
                    LOG.warnf("%s no longer hears from Kafka and connects anew", name);
                    return;
                }
            }
        } finally {
            own.close(CLOSE_TIMEOUT);
        }
    }

    private KafkaShareConsumer<String, String> open() {
        return new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        settings.bootstrapServers(),
                        "group.id",
                        settings.group(),
                        "client.id",
                        name,
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        1),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private void work(KafkaShareConsumer<String, String> own, ConsumerRecord<String, String> record)
            throws InterruptedException {
        CompletableFuture<AcknowledgeType> verdict = new CompletableFuture<>();
        CompletableFuture<Void> lost = new CompletableFuture<>();
        out.accept(message(record, verdict, lost));
        try {
            keepUntilSettled(own, record, verdict);
        } finally {
            if (!verdict.isDone()) {
                LOG.warnf("%s lost its lock on %s-%d@%d", name, record.topic(), record.partition(), record.offset());
                lost.complete(null);
                // Taking the next record before the lost work has stopped would run two at once in this slot.
                await(verdict);
            }
        }
    }

    /** Returns when the record is settled or its lock is lost. */
    private void keepUntilSettled(
            KafkaShareConsumer<String, String> own,
            ConsumerRecord<String, String> record,
            CompletableFuture<AcknowledgeType> verdict)
            throws InterruptedException {
        while (true) {
            long lockMs = own.acquisitionLockTimeoutMs().orElse(LOCK_DEFAULT_MS);
            AcknowledgeType type = verdictOrRenew(verdict, lockMs / 3);
            own.acknowledge(record, type);
            boolean accepted = own.commitSync(COMMIT_TIMEOUT).values().stream().allMatch(Optional::isEmpty);
            if (type != RENEW) {
                if (!accepted) {
                    LOG.warnf(
                            "%s settled %s-%d@%d too late", name, record.topic(), record.partition(), record.offset());
                }
                return;
            }
            if (!accepted || !comesBack(own, record, lockMs)) {
                return;
            }
        }
    }

    /** The client hands a renewed record out once more, and takes no acknowledgement for it before that. */
    private static boolean comesBack(
            KafkaShareConsumer<String, String> own, ConsumerRecord<String, String> record, long lockMs) {
        long polls = Math.max(1, lockMs / RENEW_POLL.toMillis());
        for (long i = 0; i < polls; i++) {
            boolean back = false;
            for (ConsumerRecord<String, String> other : own.poll(RENEW_POLL)) {
                if (other.offset() == record.offset() && other.partition() == record.partition()) {
                    back = true;
                } else {
                    own.acknowledge(other, RELEASE);
                }
            }
            if (back) {
                return true;
            }
        }
        return false;
    }

    private static AcknowledgeType verdictOrRenew(CompletableFuture<AcknowledgeType> verdict, long waitMs)
            throws InterruptedException {
        try {
            return verdict.get(waitMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return RENEW;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a verdict never fails", e);
        }
    }

    private static void await(CompletableFuture<AcknowledgeType> verdict) throws InterruptedException {
        try {
            verdict.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a verdict never fails", e);
        }
    }

    private static Message<String> message(
            ConsumerRecord<String, String> record,
            CompletableFuture<AcknowledgeType> verdict,
            CompletableFuture<Void> lost) {
        Delivery delivery = new Delivery(
                record.topic(),
                record.partition(),
                record.offset(),
                record.deliveryCount().orElse((short) 1),
                headers(record),
                lost.minimalCompletionStage());
        return Message.of(
                record.value(),
                Metadata.of(delivery),
                () -> settle(verdict, ACCEPT),
                reason -> settle(verdict, reason instanceof RejectedDelivery ? REJECT : RELEASE));
    }

    private static Map<String, String> headers(ConsumerRecord<String, String> record) {
        Map<String, String> texts = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return Map.copyOf(texts);
    }

    private static CompletableFuture<Void> settle(CompletableFuture<AcknowledgeType> verdict, AcknowledgeType type) {
        verdict.complete(type);
        return CompletableFuture.completedFuture(null);
    }
}
