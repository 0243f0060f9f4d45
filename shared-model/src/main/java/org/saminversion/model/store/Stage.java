package org.saminversion.model.store;

import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.lifecycle.JobTrigger;

/** What a worker does with a job. */
public enum Stage {
    MAP(JobTrigger.MAP_STARTED, JobState.QUEUED, JobState.MAPPING),
    RUN(JobTrigger.RUN_STARTED, JobState.READY, JobState.RUNNING);

    private final JobTrigger start;
    private final JobState waiting;
    private final JobState working;

    Stage(JobTrigger start, JobState waiting, JobState working) {
        this.start = start;
        this.waiting = waiting;
        this.working = working;
    }

    JobTrigger start() {
        return start;
    }

    boolean wants(JobState state) {
        return state == waiting || state == working;
    }
}
