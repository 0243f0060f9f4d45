package org.saminversion.model.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.saminversion.model.store.SimulationFigures.Happening;

/** What a Kafka share group promises, and no more: locks that run out, a count of deliveries, and silence at its end. */
final class SimulatedQueue {
    private static final Duration LOCK = Duration.ofSeconds(15);
    private static final int DELIVERIES_MAX = 4;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final SimulationFigures figures;
    private final List<Entry> entries = new ArrayList<>();

    SimulatedQueue(InstantSource clock, RandomGenerator random, SimulationFigures figures) {
        this.clock = clock;
        this.random = random;
        this.figures = figures;
    }

    /** A message, and who has it. */
    final class Entry {
        private final String topic;
        private final String body;
        private int deliveries;
        private Instant lockedUntil = Instant.MIN;

        private Entry(String topic, String body) {
            this.topic = topic;
            this.body = body;
        }

        String body() {
            return body;
        }
    }

    /** One delivery; void when the lock has run out and another has the message. */
    record Held(Entry entry, int delivery) {
        boolean isRedelivery() {
            return delivery > 1;
        }
    }

    void add(String topic, String body) {
        entries.add(new Entry(topic, body));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Optional<Held> take(String topic) {
        Instant now = clock.instant();
        List<Entry> free = entries.stream()
                .filter(entry -> entry.topic.equals(topic) && !entry.lockedUntil.isAfter(now))
                .toList();
        if (free.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = free.get(random.nextInt(free.size()));
        if (entry.deliveries > 0) {
            figures.count(Happening.LOCK_EXPIRED);
        }
        entry.deliveries++;
        if (entry.deliveries > DELIVERIES_MAX) {
            entries.remove(entry);
            figures.count(Happening.MESSAGE_LOST);
            return Optional.empty();
        }
        entry.lockedUntil = now.plus(LOCK);
        return Optional.of(new Held(entry, entry.deliveries));
    }

    /** @return false if the lock was lost */
    boolean renew(Held held) {
        boolean holds = isHeld(held);
        if (holds) {
            held.entry.lockedUntil = clock.instant().plus(LOCK);
        }
        return holds;
    }

    void accept(Held held) {
        if (isHeld(held)) {
            entries.remove(held.entry);
        }
    }

    void release(Held held) {
        if (isHeld(held)) {
            held.entry.lockedUntil = Instant.MIN;
        }
    }

    private boolean isHeld(Held held) {
        return entries.contains(held.entry)
                && held.entry.deliveries == held.delivery
                && held.entry.lockedUntil.isAfter(clock.instant());
    }
}
