package org.saminversion.model.view;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;

/** Counts the jobs of a tenant: those that live one by one, and those that ended lately from an index. */
@ApplicationScoped
public class JobStatistics {
    private static final Duration DAY = Duration.ofDays(1);

    private static final String LIVE = "select state, count(*) as jobs,"
            + " min(updated_at) filter (where parked_at is null) as oldest from jobs"
            + " where tenant = $1 and state in ('QUEUED', 'MAPPING', 'READY', 'RUNNING', 'CANCELLING') group by state";

    private static final String ENDED =
            "select state, count(*) as jobs from jobs where tenant = $1 and finished_at > $2 group by state";

    private static final String PACE = "select cast(floor(extract(epoch from $2 - finished_at) / 60) as int) as minute,"
            + " count(*) as jobs from jobs where tenant = $1 and finished_at > $3 and finished_at <= $2 group by minute";

    private static final String SUBMITTED = "select count(*) as jobs from jobs where tenant = $1 and created_at > $2";

    private final Pool pool;
    private final InstantSource clock;

    JobStatistics(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    public Uni<WorkStatistics> read(Tenant tenant) {
        Instant now = clock.instant();
        String name = tenant.name();
        return Uni.combine()
                .all()
                .unis(
                        pool.preparedQuery(LIVE).execute(Tuple.of(name)),
                        pool.preparedQuery(ENDED).execute(Tuple.of(name, at(now.minus(DAY)))),
                        pool.preparedQuery(PACE)
                                .execute(Tuple.of(
                                        name, at(now), at(now.minus(Duration.ofMinutes(WorkStatistics.MINUTES))))),
                        pool.preparedQuery(SUBMITTED).execute(Tuple.of(name, at(now.minus(WorkStatistics.LATELY)))))
                .asTuple()
                .map(rows -> statistics(rows.getItem1(), rows.getItem2(), rows.getItem3(), rows.getItem4(), now));
    }

    private static WorkStatistics statistics(
            RowSet<Row> live, RowSet<Row> ended, RowSet<Row> pace, RowSet<Row> submitted, Instant now) {
        List<Integer> perMinute = perMinute(pace);
        int lately = Math.toIntExact(WorkStatistics.LATELY.toMinutes());
        return new WorkStatistics(
                counts(live, false),
                waiting(live, now),
                counts(ended, true),
                perMinute,
                submitted.iterator().next().getLong("jobs"),
                perMinute.subList(perMinute.size() - lately, perMinute.size()).stream()
                        .mapToLong(Integer::longValue)
                        .sum());
    }

    private static Map<JobState, Long> counts(RowSet<Row> rows, boolean over) {
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        Arrays.stream(JobState.values())
                .filter(state -> state.isFinal() == over)
                .forEach(state -> counts.put(state, 0L));
        rows.forEach(row -> counts.put(JobState.valueOf(row.getString("state")), row.getLong("jobs")));
        return counts;
    }

    private static Map<JobState, Duration> waiting(RowSet<Row> live, Instant now) {
        Map<JobState, Duration> waiting =
                new EnumMap<>(Map.of(JobState.QUEUED, Duration.ZERO, JobState.READY, Duration.ZERO));
        for (Row row : live) {
            OffsetDateTime oldest = row.getOffsetDateTime("oldest");
            if (oldest != null) {
                waiting.computeIfPresent(
                        JobState.valueOf(row.getString("state")),
                        (state, none) -> Duration.between(oldest.toInstant(), now));
            }
        }
        return waiting;
    }

    private static List<Integer> perMinute(RowSet<Row> pace) {
        List<Integer> counts = new ArrayList<>(Collections.nCopies(WorkStatistics.MINUTES, 0));
        for (Row row : pace) {
            int ago = row.getInteger("minute");
            if (ago < WorkStatistics.MINUTES) {
                counts.set(WorkStatistics.MINUTES - 1 - ago, row.getInteger("jobs"));
            }
        }
        return List.copyOf(counts);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
