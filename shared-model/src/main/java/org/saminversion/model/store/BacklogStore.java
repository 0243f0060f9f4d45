package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.util.Map;

/** Counts the work that is left, over all tenants: for the operator only. */
@ApplicationScoped
public class BacklogStore {
    /** "Lately", for the throughput. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    /** Less time than this says nothing of a throughput. */
    private static final double SPAN_SECONDS_MIN = 10;

    private static final String QUERY = """
            select count(*) filter (where state = 'QUEUED' and parked_at is null) as map_waiting,
                count(*) filter (where state = 'MAPPING') as map_working,
                cast(extract(epoch from :now - min(updated_at) filter (where state = 'QUEUED' and parked_at is null))
                    as float8) as map_age,
                count(*) filter (where state = 'READY' and parked_at is null) as run_waiting,
                count(*) filter (where state in ('RUNNING', 'CANCELLING')) as run_working,
                cast(extract(epoch from :now - min(updated_at) filter (where state = 'READY' and parked_at is null))
                    as float8) as run_age,
                (select count(*) from edit_renderings where state = 'PENDING') as edit_waiting,
                cast(0 as int8) as edit_working,
                (select cast(extract(epoch from :now - min(created_at)) as float8) from edit_renderings
                    where state = 'PENDING') as edit_age,
                (select count(*) from jobs where finished_at > :since) as ended,
                (select cast(extract(epoch from :now - min(finished_at)) as float8) from jobs
                    where finished_at > :since) as ended_span,
                (select cast(extract(epoch from :now - min(available_at)) as float8) from outbox
                    where available_at <= :now) as outbox_age
            from jobs where state in ('QUEUED', 'MAPPING', 'READY', 'RUNNING', 'CANCELLING')
            """;

    private final Database database;
    private final JobChanges changes;

    BacklogStore(Database database, JobChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    public Uni<Backlog> read() {
        return database.inTransaction(session -> session.createNativeQuery(QUERY, Tuple.class)
                .setParameter("now", changes.now())
                .setParameter("since", changes.now().minus(WINDOW))
                .getSingleResult()
                .map(BacklogStore::backlog));
    }

    private static Backlog backlog(Tuple row) {
        long ended = count(row, "ended");
        return new Backlog(
                Map.of(
                        Backlog.MAP, queue(row, "map"),
                        Backlog.RUN, queue(row, "run"),
                        Backlog.EDIT, queue(row, "edit")),
                ended / Math.max(seconds(row, "ended_span"), SPAN_SECONDS_MIN),
                seconds(row, "outbox_age"));
    }

    private static Backlog.Queue queue(Tuple row, String name) {
        return new Backlog.Queue(
                count(row, name + "_waiting"), count(row, name + "_working"), seconds(row, name + "_age"));
    }

    private static long count(Tuple row, String column) {
        return row.get(column, Number.class).longValue();
    }

    /** There is no oldest of none. */
    private static double seconds(Tuple row, String column) {
        Number value = row.get(column, Number.class);
        return value == null ? 0 : Math.max(0, value.doubleValue());
    }
}
