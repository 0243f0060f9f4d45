package org.saminversion.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.saminversion.model.Lane;

/**
 * The slots of a worker, shared by its lanes. An interactive job is always seated before a bulk one; when all seats are
 * taken and a bulk job has one, the bulk job that sat down last is asked to leave it, so that a person waits for one chunk of
 * steps and not for a catalogue. A bulk job never takes the last seat while an interactive one waits.
 */
final class Seats {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Seat> bulk = new ArrayDeque<>();
    private int free;
    private int interactiveWaiting;
    private boolean closed;

    Seats(int count) {
        this.free = count;
    }

    /** A taken seat; to be closed when the work on it has stopped. */
    final class Seat implements AutoCloseable {
        private volatile boolean wanted;

        /** Whether its holder should put its work back and leave. */
        boolean isWanted() {
            return wanted;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                bulk.remove(this);
                free++;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for a seat. @throws PutBack if the seats are closed before there is one */
    Seat take(Lane lane) {
        lock.lock();
        try {
            return lane == Lane.INTERACTIVE ? takeInteractive() : takeBulk();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PutBack("this worker shuts down");
        } finally {
            lock.unlock();
        }
    }

    private Seat takeInteractive() throws InterruptedException {
        interactiveWaiting++;
        try {
            while (free == 0 && !closed) {
                askToLeave();
                changed.await();
            }
            return sitDown();
        } finally {
            interactiveWaiting--;
            changed.signalAll();
        }
    }

    private Seat takeBulk() throws InterruptedException {
        while ((free == 0 || interactiveWaiting > 0) && !closed) {
            changed.await();
        }
        Seat seat = sitDown();
        bulk.push(seat);
        return seat;
    }

    private Seat sitDown() {
        if (closed) {
            throw new PutBack("this worker shuts down");
        }
        free--;
        return new Seat();
    }

    /** Asks as many bulk jobs as interactive ones wait, the latest first, because they have the least to lose. */
    private void askToLeave() {
        int asked = 0;
        for (Seat seat : bulk) {
            if (asked++ < interactiveWaiting) {
                seat.wanted = true;
            }
        }
    }

    /** Nobody is seated any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
