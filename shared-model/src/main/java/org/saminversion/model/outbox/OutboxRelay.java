package org.saminversion.model.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.saminversion.model.TraceContext;
import org.saminversion.model.outbox.Outbox.OutgoingMessage;

/** Carries messages from the outbox to Kafka: at once after a commit of this process, and by polling after any other. */
@ApplicationScoped
public class OutboxRelay {
    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 200;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BATCH_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TROUBLE_WAIT = Duration.ofSeconds(2);

    private final Outbox outbox;
    private final MutinyEmitter<String> kafka;
    private final Semaphore wake = new Semaphore(0);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "outbox-relay"));
    private volatile boolean stopping;

    OutboxRelay(Outbox outbox, @Channel("outbox") MutinyEmitter<String> kafka) {
        this.outbox = outbox;
        this.kafka = kafka;
    }

    /** To be called after a commit that wrote to the outbox, so that its messages need not wait for the next poll. */
    public void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    // After everything else has started: the workers of the same process may get messages at once.
    void start(@Observes @Priority(3000) StartupEvent event) {
        thread.execute(this::run);
    }

    // After the workers have put their work back: those messages should still go out.
    void stop(@Observes @Priority(3000) ShutdownEvent event) throws InterruptedException {
        stopping = true;
        wake();
        thread.shutdown();
        if (!thread.awaitTermination(TROUBLE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
    }

    private void run() {
        try {
            boolean last = false;
            while (!last) {
                last = stopping;
                await(relay());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how long to wait before the next batch. */
    private Duration relay() {
        try {
            int sent = outbox.relay(BATCH, this::send).await().atMost(BATCH_TIMEOUT);
            return sent == 0 ? POLL : Duration.ZERO;
        } catch (RuntimeException e) {
            if (!stopping) {
                LOG.warnf("Messages wait in the outbox, because Kafka or the database does not answer: %s", first(e));
            }
            return TROUBLE_WAIT;
        }
    }

    private static Throwable first(RuntimeException failure) {
        return failure instanceof CompositeException many ? many.getCauses().get(0) : failure;
    }

    private void await(Duration pause) throws InterruptedException {
        if (!pause.isZero() && !stopping) {
            wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Uni<Void> send(List<OutgoingMessage> messages) {
        List<Uni<Void>> sent = messages.stream()
                .map(message -> kafka.sendMessage(Message.of(message.body())
                        .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                                .withTopic(message.topic())
                                .withKey(message.key())
                                .withHeaders(headers(message))
                                .build())))
                .toList();
        // All are waited for, or each new attempt would add to those that the producer still holds while Kafka is away.
        return Uni.join().all(sent).andCollectFailures().replaceWithVoid();
    }

    private static List<RecordHeader> headers(OutgoingMessage message) {
        return message
                .trace()
                .map(trace ->
                        new RecordHeader(TraceContext.HEADER, trace.toString().getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .toList();
    }
}
