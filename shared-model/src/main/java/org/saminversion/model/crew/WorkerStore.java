package org.saminversion.model.crew;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;

/** Which workers there are. They belong to no tenant, but a tenant sees only of its own jobs which they are. */
@ApplicationScoped
public class WorkerStore {
    /** How often a worker tells that it is there. */
    public static final Duration BEAT = Duration.ofSeconds(10);

    /** One that was not heard of for longer than this is forgotten. */
    static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private static final String LIST = """
            select w.kind, w.machine, w.process, w.slots, w.started_at, w.seen_at, w.left_at,
                j.id as job, j.custom_id, j.state, j.progress, j.tenant = $1 as own
            from workers w
                left join leases l on l.owner = w.name and l.expires_at > $2
                left join jobs j on j.id = l.job_id and j.state in ('MAPPING', 'RUNNING', 'CANCELLING')
            order by w.kind desc, w.started_at, w.name, j.started_at
            """;

    private final Pool pool;
    private final InstantSource clock;

    WorkerStore(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** The worker is there. */
    public Uni<Void> tell(Worker worker) {
        return pool.preparedQuery("with forgotten as (delete from workers where seen_at < $8)"
                        + " insert into workers (name, kind, machine, process, slots, started_at, seen_at)"
                        + " values ($1, $2, $3, $4, $5, $6, $7) on conflict (name) do update"
                        + " set slots = excluded.slots, started_at = excluded.started_at, seen_at = excluded.seen_at,"
                        + " left_at = null")
                .execute(Tuple.tuple()
                        .addString(worker.name())
                        .addString(worker.kind())
                        .addString(worker.machine())
                        .addLong(worker.process())
                        .addInteger(worker.slots())
                        .addOffsetDateTime(worker.started().atOffset(ZoneOffset.UTC))
                        .addOffsetDateTime(clock.instant().atOffset(ZoneOffset.UTC))
                        .addOffsetDateTime(
                                clock.instant().minus(FORGOTTEN_AFTER).atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** The worker has stopped in order. */
    public Uni<Void> leave(Worker worker) {
        return pool.preparedQuery("update workers set left_at = $2 where name = $1")
                .execute(Tuple.of(worker.name(), clock.instant().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** All workers, those of one kind together. @param tenant whose jobs are named */
    public Uni<List<WorkerSeen>> list(Tenant tenant) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(tenant.name(), clock.instant().atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    Map<String, WorkerSeen> found = new LinkedHashMap<>();
                    for (Row row : rows) {
                        WorkerSeen seen = seen(row);
                        found.computeIfAbsent(seen.worker().name(), name -> seen);
                        work(row)
                                .ifPresent(work ->
                                        found.get(seen.worker().name()).work().add(work));
                    }
                    return List.copyOf(found.values());
                });
    }

    private static WorkerSeen seen(Row row) {
        return new WorkerSeen(
                new Worker(
                        row.getString("kind"),
                        row.getString("machine"),
                        row.getLong("process"),
                        row.getInteger("slots"),
                        instant(row, "started_at")),
                instant(row, "seen_at"),
                Optional.ofNullable(row.getOffsetDateTime("left_at")).map(OffsetDateTime::toInstant),
                new ArrayList<>());
    }

    private static Optional<WorkerSeen.Work> work(Row row) {
        if (row.getUUID("job") == null) {
            return Optional.empty();
        }
        boolean own = row.getBoolean("own");
        String customId = row.getString("custom_id");
        return Optional.of(new WorkerSeen.Work(
                own ? Optional.of(new JobId(row.getUUID("job"))) : Optional.empty(),
                !own ? "" : customId == null ? row.getUUID("job").toString().substring(0, 8) : customId,
                JobState.valueOf(row.getString("state")),
                row.getDouble("progress")));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
