package org.saminversion.model.batch;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Counts of a batch, always made from its rows and those of its jobs. */
final class BatchCounting {
    private BatchCounting() {}

    static Uni<BatchDetails> details(Mutiny.Session session, BatchEntity batch, Instant now) {
        return counts(session, batch.id)
                .chain(counts -> pace(session, batch, counts, now)
                        .chain(pace -> causes(session, batch.id)
                                .chain(causes -> failures(session, batch.id)
                                        .map(failures ->
                                                new BatchDetails(batch.toBatch(), counts, pace, causes, failures)))));
    }

    static Uni<BatchCounts> counts(Mutiny.Session session, UUID batch) {
        return session.createNativeQuery(
                        "select state, count(*) from (select case when i.state <> 'STARTED' then i.state"
                                // Its retention is that of the batch, but the two are not deleted at one moment.
                                + " else coalesce(j.state, 'EXPIRED') end as state"
                                + " from batch_items i left join jobs j on j.id = i.job_id where i.batch_id = :batch"
                                + " union all select 'REJECTED' from batch_errors where batch_id = :batch) as lines"
                                + " group by state",
                        Object[].class)
                .setParameter("batch", batch)
                .getResultList()
                .map(rows -> {
                    Map<String, Long> byState = new HashMap<>();
                    rows.forEach(row -> byState.put((String) row[0], ((Number) row[1]).longValue()));
                    return counts(byState);
                });
    }

    private static BatchCounts counts(Map<String, Long> byState) {
        return new BatchCounts(
                sum(byState, "REJECTED"),
                sum(byState, "WAITING", "STARTING"),
                sum(byState, "QUEUED", "READY"),
                sum(byState, "MAPPING", "RUNNING", "CANCELLING"),
                sum(byState, "SUCCEEDED"),
                sum(byState, "FAILED"),
                sum(byState, "CANCELLED"),
                sum(byState, "EXPIRED"));
    }

    private static long sum(Map<String, Long> byState, String... states) {
        return List.of(states).stream()
                .mapToLong(state -> byState.getOrDefault(state, 0L))
                .sum();
    }

    /** Of the latest minutes while it goes on, of the whole time afterwards. */
    private static Uni<OptionalDouble> pace(
            Mutiny.Session session, BatchEntity batch, BatchCounts counts, Instant now) {
        if (batch.openedAt == null || counts.over() == 0) {
            return Uni.createFrom().item(OptionalDouble.empty());
        }
        if (batch.finishedAt != null) {
            return Uni.createFrom().item(perSecond(counts.over(), batch.openedAt, batch.finishedAt));
        }
        Instant recently = now.minus(BatchDetails.THROUGHPUT_SPAN);
        Instant since = batch.openedAt.isAfter(recently) ? batch.openedAt : recently;
        return session.createNativeQuery(
                        "select count(*) from batch_items i join jobs j on j.id = i.job_id"
                                + " where i.batch_id = :batch and j.finished_at >= :since",
                        Long.class)
                .setParameter("batch", batch.id)
                .setParameter("since", since)
                .getSingleResult()
                .map(ended -> perSecond(ended, since, now));
    }

    private static OptionalDouble perSecond(long items, Instant from, Instant to) {
        long ms = Duration.between(from, to).toMillis();
        return items > 0 && ms > 0 ? OptionalDouble.of(1000.0 * items / ms) : OptionalDouble.empty();
    }

    private static Uni<List<BatchDetails.ErrorCause>> causes(Mutiny.Session session, UUID batch) {
        return session.createNativeQuery(
                        "select c.kind, c.lines, c.first_line, e.detail from (select kind, count(*) as lines,"
                                + " min(line) as first_line from batch_errors where batch_id = :batch group by kind) c"
                                + " join batch_errors e on e.batch_id = :batch and e.line = c.first_line"
                                + " order by c.lines desc, c.kind",
                        Object[].class)
                .setParameter("batch", batch)
                .getResultList()
                .map(BatchCounting::causes);
    }

    private static Uni<List<BatchDetails.ErrorCause>> failures(Mutiny.Session session, UUID batch) {
        return session.createNativeQuery(
                        "select kind, count(*) as items, min(line), (array_agg(detail order by line))[1]"
                                + " from (select i.line, coalesce(i.failure_kind, j.failure_kind) as kind,"
                                + " coalesce(i.failure_detail, j.failure_detail) as detail"
                                + " from batch_items i left join jobs j on j.id = i.job_id where i.batch_id = :batch) f"
                                + " where kind is not null group by kind order by items desc, kind",
                        Object[].class)
                .setParameter("batch", batch)
                .getResultList()
                .map(BatchCounting::causes);
    }

    private static List<BatchDetails.ErrorCause> causes(List<Object[]> rows) {
        return rows.stream()
                .map(row -> new BatchDetails.ErrorCause(
                        (String) row[0], ((Number) row[1]).longValue(), ((Number) row[2]).longValue(), (String) row[3]))
                .toList();
    }
}
