package org.saminversion.gateway.dashboard.live;

import io.smallrye.mutiny.Uni;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Looks again and again, and tells one page what has changed since it was told last. */
final class LiveStream {
    static final String VIEW = "view";
    static final String BEAT = "beat";
    static final String TROUBLE = "trouble";

    /** In ticks: for what no event of a job tells, and in case that a message of Kafka was lost. */
    static final int LOOK_AGAIN = 4;
    /** In ticks: a page that hears nothing for longer than a few of these connects anew. */
    static final int BEAT_AFTER = 10;

    private static final Logger LOG = Logger.getLogger(LiveStream.class);

    interface Out {
        void emit(String event, LiveView view);
    }

    private final Supplier<Uni<LiveView>> look;
    private final Out out;
    private final BooleanSupplier ready;
    private LiveView told = LiveView.NOTHING;
    private boolean poked = true;
    private boolean looking;
    private boolean troubled;
    private int ticksSinceLook;
    private int ticksSinceEvent;

    /** @param ready whether the page has taken what it was told: one on a slow line is told less often */
    LiveStream(Supplier<Uni<LiveView>> look, Out out, BooleanSupplier ready) {
        this.look = look;
        this.out = out;
        this.ready = ready;
    }

    /** Something may have changed. */
    synchronized void poke() {
        poked = true;
    }

    /** To be called once in a while, which bounds how often the store is read. */
    void tick() {
        synchronized (this) {
            ticksSinceLook++;
            ticksSinceEvent++;
            if (!ready.getAsBoolean()) {
                return;
            }
            if (ticksSinceEvent >= BEAT_AFTER && !troubled) {
                emit(BEAT, LiveView.NOTHING);
            }
            if (looking || !poked && ticksSinceLook < LOOK_AGAIN) {
                return;
            }
            looking = true;
            poked = false;
            ticksSinceLook = 0;
        }
        Uni.createFrom().deferred(look::get).subscribe().with(this::show, this::complain);
    }

    private synchronized void show(LiveView view) {
        looking = false;
        LiveView changes = view.since(told);
        told = view;
        // After trouble also an empty one says that all is well again.
        if (!changes.isEmpty() || troubled) {
            emit(VIEW, changes);
        }
        troubled = false;
    }

    private synchronized void complain(Throwable failure) {
        looking = false;
        poked = true;
        LOG.debugf("An open page could not be renewed: %s", failure);
        emit(TROUBLE, LiveView.NOTHING);
        troubled = true;
    }

    private void emit(String event, LiveView view) {
        ticksSinceEvent = 0;
        out.emit(event, view);
    }
}
