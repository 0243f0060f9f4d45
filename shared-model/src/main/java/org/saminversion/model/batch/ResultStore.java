package org.saminversion.model.batch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Artefact;
import org.saminversion.model.Failure;
import org.saminversion.model.JobId;
import org.saminversion.model.JobQuality;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.store.Database;

/** What came of the lines of a batch, in the order of the lines, page by page. */
@ApplicationScoped
public class ResultStore {
    private static final String ITEMS = "select i.line, i.customId, i.state, i.jobId, j.state, j.psnrDecibel, j.lpips,"
            + " j.failureKind, j.failureDetail, i.failureKind, i.failureDetail"
            + " from BatchItemEntity i left join JobEntity j on j.id = i.jobId"
            + " where i.batchId = :batch and i.tenant = :tenant and i.line > :after order by i.line";

    private final Database database;

    ResultStore(Database database) {
        this.database = database;
    }

    /** @param after the last line of the page before; 0 for the first */
    public Uni<List<ItemResult>> items(Tenant tenant, BatchId batch, long after, int limit) {
        return database.inTransaction(session -> session.createQuery(ITEMS, Object[].class)
                .setParameter("batch", batch.value())
                .setParameter("tenant", tenant.name())
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .chain(rows -> artefacts(session, rows)
                        .map(artefacts ->
                                rows.stream().map(row -> item(row, artefacts)).toList())));
    }

    /** @param after as for {@link #items} */
    public Uni<List<LineError>> errors(Tenant tenant, BatchId batch, long after, int limit) {
        return database.inTransaction(session -> session.createQuery(
                        "from BatchErrorEntity where batchId = :batch and tenant = :tenant and line > :after"
                                + " order by line",
                        BatchErrorEntity.class)
                .setParameter("batch", batch.value())
                .setParameter("tenant", tenant.name())
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .map(rows -> rows.stream().map(BatchErrorEntity::toError).toList()));
    }

    private static Uni<Map<UUID, List<Artefact>>> artefacts(Mutiny.Session session, List<Object[]> rows) {
        List<UUID> jobs = rows.stream()
                .filter(row -> row[4] == JobState.SUCCEEDED)
                .map(row -> (UUID) row[3])
                .toList();
        if (jobs.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return session.createQuery(
                        "select jobId, name, mediaType, byteSize, sha256, createdAt from ArtefactEntity"
                                + " where jobId in (:jobs) order by jobId, name",
                        Object[].class)
                .setParameter("jobs", jobs)
                .getResultList()
                .map(found -> found.stream()
                        .collect(Collectors.groupingBy(
                                row -> (UUID) row[0], Collectors.mapping(ResultStore::artefact, Collectors.toList()))));
    }

    private static Artefact artefact(Object[] row) {
        return new Artefact((String) row[1], (String) row[2], (Long) row[3], (String) row[4], (Instant) row[5]);
    }

    private static ItemResult item(Object[] row, Map<UUID, List<Artefact>> artefacts) {
        ItemState own = (ItemState) row[2];
        boolean hasJob = row[4] != null;
        return new ItemResult(
                (Long) row[0],
                (String) row[1],
                hasJob ? row[4].toString() : own == ItemState.STARTED ? ItemState.EXPIRED.name() : own.name(),
                hasJob ? Optional.of(new JobId((UUID) row[3])) : Optional.empty(),
                Optional.ofNullable((Double) row[5]).map(psnr -> new JobQuality(psnr, (Double) row[6])),
                failure(row[7], row[8]).or(() -> failure(row[9], row[10])),
                artefacts.getOrDefault((UUID) row[3], List.of()));
    }

    private static Optional<Failure> failure(Object kind, Object detail) {
        return Optional.ofNullable((String) kind).map(known -> new Failure(known, (String) detail));
    }
}
