package org.saminversion.model.view;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;

/** What has happened to a job, without its progress, which is most of its events. */
@ApplicationScoped
public class JobTimeline {
    /** A job that changed its state more often shows how it began. */
    static final int EVENTS_MAX = 200;

    private final Pool pool;

    JobTimeline(Pool pool) {
        this.pool = pool;
    }

    /** Events that are no progress, in order; none if there is no such job. */
    public Uni<List<JobEvent>> read(Tenant tenant, JobId job) {
        return pool.preparedQuery("select number, kind, body::text as body, created_at from job_events"
                        + " where job_id = $1 and tenant = $2 and kind <> $3 order by number limit $4")
                .execute(Tuple.of(job.value(), tenant.name(), JobEvent.PROGRESS, EVENTS_MAX))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new JobEvent(
                                row.getLong("number"),
                                row.getString("kind"),
                                row.getString("body"),
                                row.getOffsetDateTime("created_at").toInstant()))
                        .toList());
    }
}
