package org.saminversion.gateway.events;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.List;
import java.util.function.LongFunction;
import org.saminversion.model.JobEvent;

/** Reads the events of one job as they come and hands them to one caller, in order. */
public final class EventStream {
    public static final int READ_MAX = 200;

    /** When a stream ends by itself. */
    public enum End {
        /** With the event that tells a final state. */
        WITH_THE_JOB,
        /** When everything that is stored has been told: the job is over already. */
        WITH_THE_STORE,
        /** Never: further edits of a finished job are told too. */
        NEVER
    }

    private final LongFunction<Uni<List<JobEvent>>> eventsAfter;
    private final MultiEmitter<? super JobEvent> out;
    private final End end;
    private long last;
    private boolean reading;
    private boolean again;

    /**
     * @param eventsAfter at most {@link #READ_MAX} events with larger numbers
     * @param last the number that the caller has seen; 0 for none
     */
    public EventStream(
            LongFunction<Uni<List<JobEvent>>> eventsAfter, long last, End end, MultiEmitter<? super JobEvent> out) {
        this.eventsAfter = eventsAfter;
        this.last = last;
        this.end = end;
        this.out = out;
    }

    /** Looks for new events; calls during a look make it look once more. */
    public void poke() {
        synchronized (this) {
            if (reading) {
                again = true;
                return;
            }
            reading = true;
        }
        read();
    }

    private void read() {
        eventsAfter.apply(last).subscribe().with(this::deliver, out::fail);
    }

    private void deliver(List<JobEvent> events) {
        for (JobEvent event : events) {
            out.emit(event);
            last = event.number();
            if (end == End.WITH_THE_JOB && isFinalState(event)) {
                out.complete();
                return;
            }
        }
        if (end == End.WITH_THE_STORE && events.size() < READ_MAX) {
            out.complete();
            return;
        }
        synchronized (this) {
            if (!again && events.size() < READ_MAX) {
                reading = false;
                return;
            }
            again = false;
        }
        read();
    }

    private static boolean isFinalState(JobEvent event) {
        return event.kind().equals(JobEvent.STATE)
                && event.body().matches("(?s).*\"state\"\\s*:\\s*\"(SUCCEEDED|FAILED|CANCELLED|EXPIRED)\".*");
    }
}
