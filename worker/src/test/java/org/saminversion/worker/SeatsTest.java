package org.saminversion.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Lane;
import org.saminversion.worker.Seats.Seat;

/** Who gets a slot when there are fewer than jobs. */
class SeatsTest {
    private static final int SOON_SECONDS = 20;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "seats-test"));

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void bulkJobsTakeAllSeatsWhileNobodyElseWaits() {
        Seats seats = new Seats(2);
        try (Seat first = seats.take(Lane.BULK);
                Seat second = seats.take(Lane.BULK)) {
            assertFalse(first.isWanted());
            assertFalse(second.isWanted());
        }
    }

    @Test
    void anInteractiveJobHasTheLatestBulkJobLeaveAndGetsItsSeat() throws Exception {
        Seats seats = new Seats(2);
        Seat early = seats.take(Lane.BULK);
        Seat late = seats.take(Lane.BULK);
        CompletableFuture<Seat> interactive = takeOnAnotherThread(seats, Lane.INTERACTIVE);
        awaitWanted(late);
        assertFalse(early.isWanted());
        late.close();
        interactive.get(SOON_SECONDS, TimeUnit.SECONDS).close();
    }

    @Test
    void interactiveJobsAreSeatedBeforeBulkJobsThatWaitedLonger() throws Exception {
        Seats seats = new Seats(1);
        Seat bulk = seats.take(Lane.BULK);
        CompletableFuture<Seat> waitingBulk = takeOnAnotherThread(seats, Lane.BULK);
        CompletableFuture<Seat> interactive = takeOnAnotherThread(seats, Lane.INTERACTIVE);
        awaitWanted(bulk);
        bulk.close();
        Seat person = interactive.get(SOON_SECONDS, TimeUnit.SECONDS);
        assertFalse(waitingBulk.isDone());
        person.close();
        waitingBulk.get(SOON_SECONDS, TimeUnit.SECONDS).close();
    }

    @Test
    void anInteractiveJobIsNeverAskedToLeave() throws Exception {
        Seats seats = new Seats(1);
        Seat first = seats.take(Lane.INTERACTIVE);
        CompletableFuture<Seat> second = takeOnAnotherThread(seats, Lane.INTERACTIVE);
        CompletableFuture<Seat> bulk = takeOnAnotherThread(seats, Lane.BULK);
        first.close();
        Seat seated = second.get(SOON_SECONDS, TimeUnit.SECONDS);
        assertFalse(first.isWanted());
        assertFalse(seated.isWanted());
        assertFalse(bulk.isDone());
        seated.close();
        bulk.get(SOON_SECONDS, TimeUnit.SECONDS).close();
    }

    @Test
    void whoWaitsWhenTheSeatsAreClosedIsSentAway() {
        Seats seats = new Seats(1);
        Seat taken = seats.take(Lane.BULK);
        CompletableFuture<Seat> interactive = takeOnAnotherThread(seats, Lane.INTERACTIVE);
        CompletableFuture<Seat> bulk = takeOnAnotherThread(seats, Lane.BULK);
        seats.close();
        for (CompletableFuture<Seat> waiting : java.util.List.of(interactive, bulk)) {
            CompletionException refused = assertThrows(
                    CompletionException.class,
                    () -> waiting.orTimeout(SOON_SECONDS, TimeUnit.SECONDS).join());
            assertTrue(refused.getCause() instanceof PutBack, refused.toString());
        }
        taken.close();
    }

    private CompletableFuture<Seat> takeOnAnotherThread(Seats seats, Lane lane) {
        return CompletableFuture.supplyAsync(() -> seats.take(lane), threads);
    }

    private static void awaitWanted(Seat seat) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
        while (!seat.isWanted() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertTrue(seat.isWanted(), "nobody asked for the seat");
    }
}
