package org.saminversion.model;

/** The topics of Kafka. A request's body is a job's id; an event's key is the job's id and its body the event's number. */
public final class Topics {
    public static final String SEGMENT_REQUESTS = "sam.segment-requests";
    public static final String GPU_REQUESTS = "sam.gpu-requests";
    /** An edit request's body is an {@link EditKey}. */
    public static final String EDIT_REQUESTS = "sam.edit-requests";

    public static final String JOB_EVENTS = "sam.job-events";

    private Topics() {}
}
