package org.saminversion.model;

import org.saminversion.model.lifecycle.JobState;

/** The topics of Kafka. A request's body is a job's id; an event's key is the job's id and its body the event's number. */
public final class Topics {
    /** An edit request's body is an {@link EditKey}. */
    public static final String EDIT_REQUESTS = "sam.edit-requests";

    public static final String JOB_EVENTS = "sam.job-events";

    private static final String SEGMENT_REQUESTS = "sam.segment-requests";
    private static final String GPU_REQUESTS = "sam.gpu-requests";

    private Topics() {}

    /**
     * Where the workers hear of a job that waits. Each lane is a topic of its own, so that no job of the interactive lane
     * stands behind one of the bulk lane.
     *
     * @param waiting QUEUED or READY
     */
    public static String requests(JobState waiting, Lane lane) {
        String stage = switch (waiting) {
            case QUEUED -> SEGMENT_REQUESTS;
            case READY -> GPU_REQUESTS;
            default -> throw new IllegalArgumentException("nobody is told of a job that is " + waiting);
        };
        return lane == Lane.BULK ? stage + ".bulk" : stage;
    }
}
