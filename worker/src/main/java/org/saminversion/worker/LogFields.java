package org.saminversion.worker;

import org.jboss.logging.MDC;
import org.saminversion.model.JobId;
import org.saminversion.model.TraceContext;
import org.saminversion.sharequeue.Delivery;

/** What every line that is logged about a job carries. */
public final class LogFields {
    private static final String JOB_ID = "jobId";
    private static final String TRACE_ID = "traceId";

    private LogFields() {}

    /** Works; lines of this thread meanwhile name the job, and the trace that its message belongs to. */
    public static void during(JobId job, Delivery delivery, Runnable work) {
        MDC.put(JOB_ID, job);
        TraceContext.parse(delivery.headers().getOrDefault(TraceContext.HEADER, ""))
                .ifPresent(trace -> MDC.put(TRACE_ID, trace.traceId()));
        try {
            work.run();
        } finally {
            MDC.remove(JOB_ID);
            MDC.remove(TRACE_ID);
        }
    }
}
