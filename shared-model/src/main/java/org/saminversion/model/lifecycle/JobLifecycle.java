package org.saminversion.model.lifecycle;

import static org.saminversion.model.lifecycle.JobAction.CLOSE;
import static org.saminversion.model.lifecycle.JobAction.NOTHING;
import static org.saminversion.model.lifecycle.JobAction.SEND_TO_GPU;
import static org.saminversion.model.lifecycle.JobAction.SEND_TO_SEGMENTER;
import static org.saminversion.model.lifecycle.JobAction.TELL_WORKER_TO_STOP;
import static org.saminversion.model.lifecycle.JobState.CANCELLED;
import static org.saminversion.model.lifecycle.JobState.CANCELLING;
import static org.saminversion.model.lifecycle.JobState.EXPIRED;
import static org.saminversion.model.lifecycle.JobState.FAILED;
import static org.saminversion.model.lifecycle.JobState.MAPPING;
import static org.saminversion.model.lifecycle.JobState.QUEUED;
import static org.saminversion.model.lifecycle.JobState.READY;
import static org.saminversion.model.lifecycle.JobState.RUNNING;
import static org.saminversion.model.lifecycle.JobState.SUCCEEDED;
import static org.saminversion.model.lifecycle.JobTrigger.CANCEL_CONFIRMED;
import static org.saminversion.model.lifecycle.JobTrigger.CANCEL_REQUESTED;
import static org.saminversion.model.lifecycle.JobTrigger.DEADLINE_PASSED;
import static org.saminversion.model.lifecycle.JobTrigger.MAP_FINISHED;
import static org.saminversion.model.lifecycle.JobTrigger.MAP_STARTED;
import static org.saminversion.model.lifecycle.JobTrigger.REPLAYED;
import static org.saminversion.model.lifecycle.JobTrigger.RUN_FINISHED;
import static org.saminversion.model.lifecycle.JobTrigger.RUN_STARTED;
import static org.saminversion.model.lifecycle.JobTrigger.WORK_FAILED;
import static org.saminversion.model.lifecycle.JobTrigger.WORK_RETURNED;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that can happen to a job. A new job is QUEUED when its method needs a map, and READY otherwise.
 *
 * <p>Rows that look possible and are not: a final state takes no cancellation (the result stands); a job that is CANCELLING
 * takes no start (the request stands even if the message is delivered again); RUN_FINISHED does not lead from CANCELLING to
 * SUCCEEDED, because the caller was told that the job stops.
 */
public final class JobLifecycle {
    /** In the order in which a job meets them. */
    public static final List<Transition> TRANSITIONS = List.of(
            row(QUEUED, MAP_STARTED, MAPPING, NOTHING),
            row(QUEUED, WORK_FAILED, FAILED, CLOSE), // its tries are used up
            row(QUEUED, CANCEL_REQUESTED, CANCELLED, CLOSE),
            row(QUEUED, DEADLINE_PASSED, EXPIRED, CLOSE),
            row(MAPPING, MAP_STARTED, MAPPING, NOTHING), // delivered again after its worker died
            row(MAPPING, MAP_FINISHED, READY, SEND_TO_GPU),
            row(MAPPING, WORK_RETURNED, QUEUED, SEND_TO_SEGMENTER),
            row(MAPPING, WORK_FAILED, FAILED, CLOSE),
            row(MAPPING, CANCEL_REQUESTED, CANCELLING, TELL_WORKER_TO_STOP),
            row(MAPPING, DEADLINE_PASSED, EXPIRED, CLOSE),
            row(READY, RUN_STARTED, RUNNING, NOTHING),
            row(READY, WORK_FAILED, FAILED, CLOSE), // its tries are used up
            row(READY, CANCEL_REQUESTED, CANCELLED, CLOSE),
            row(READY, DEADLINE_PASSED, EXPIRED, CLOSE),
            row(RUNNING, RUN_STARTED, RUNNING, NOTHING), // delivered again after its worker died
            row(RUNNING, RUN_FINISHED, SUCCEEDED, CLOSE),
            row(RUNNING, WORK_RETURNED, READY, SEND_TO_GPU),
            row(RUNNING, WORK_FAILED, FAILED, CLOSE),
            row(RUNNING, CANCEL_REQUESTED, CANCELLING, TELL_WORKER_TO_STOP),
            row(RUNNING, DEADLINE_PASSED, EXPIRED, CLOSE),
            row(CANCELLING, CANCEL_REQUESTED, CANCELLING, NOTHING),
            row(CANCELLING, CANCEL_CONFIRMED, CANCELLED, CLOSE),
            row(CANCELLING, MAP_FINISHED, CANCELLED, CLOSE),
            row(CANCELLING, RUN_FINISHED, CANCELLED, CLOSE),
            row(CANCELLING, WORK_RETURNED, CANCELLED, CLOSE),
            row(CANCELLING, WORK_FAILED, CANCELLED, CLOSE),
            row(CANCELLING, DEADLINE_PASSED, CANCELLED, CLOSE),
            row(FAILED, REPLAYED, QUEUED, SEND_TO_SEGMENTER));

    private record Key(JobState state, JobTrigger trigger) {}

    private static final Map<Key, Transition> BY_KEY =
            TRANSITIONS.stream().collect(Collectors.toMap(t -> new Key(t.from(), t.trigger()), Function.identity()));

    private JobLifecycle() {}

    /** Empty when the table has no such row. */
    public static Optional<Transition> find(JobState state, JobTrigger trigger) {
        return Optional.ofNullable(BY_KEY.get(new Key(state, trigger)));
    }

    /** @throws IllegalTransition when the table has no such row */
    public static Transition next(JobState state, JobTrigger trigger) {
        return find(state, trigger).orElseThrow(() -> new IllegalTransition(state, trigger));
    }

    private static Transition row(JobState from, JobTrigger trigger, JobState to, JobAction action) {
        return new Transition(from, trigger, to, action);
    }
}
