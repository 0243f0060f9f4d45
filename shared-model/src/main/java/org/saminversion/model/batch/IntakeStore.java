package org.saminversion.model.batch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Failure;
import org.saminversion.model.Sha256;
import org.saminversion.model.store.Blobs;
import org.saminversion.model.store.Database;
import org.saminversion.model.store.JobMapping;

/** The lines of a batch while they are checked. One process at a time does that; its fence keeps an earlier one out. */
@ApplicationScoped
public class IntakeStore {
    /** A checker that stores nothing for this long is thought dead. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Database database;
    private final BatchChanges changes;

    IntakeStore(Database database, BatchChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    /** The right to check a batch. {@code batch.linesRead()} lines were checked by an earlier holder. */
    public record Intake(Batch batch, long fence) {}

    /** Takes the oldest batch that waits to be checked, or whose checker is thought dead. */
    public Uni<Optional<Intake>> claim() {
        return database.inTransaction(session -> session.createNativeQuery(
                        "select id from batches where state = 'VALIDATING'"
                                + " and (intake_until is null or intake_until <= :now)"
                                + " order by created_at limit 1 for update skip locked",
                        UUID.class)
                .setParameter("now", changes.now())
                .getSingleResultOrNull()
                .chain(id -> id == null
                        ? Uni.createFrom().item(Optional.<Intake>empty())
                        : changes.lock(session, id).map(found -> found.map(this::take))));
    }

    private Intake take(BatchEntity batch) {
        batch.intakeFence++;
        batch.intakeUntil = changes.now().plus(PATIENCE);
        return new Intake(batch.toBatch(), batch.intakeFence);
    }

    /**
     * Stores what was found in some lines. An item whose {@code customId} is taken becomes an error.
     *
     * @param linesRead lines checked so far, these included
     */
    public Uni<Void> add(Intake intake, List<NewItem> items, List<LineError> errors, long linesRead) {
        return write(intake, (session, batch) -> {
            batch.linesRead = linesRead;
            batch.intakeUntil = changes.now().plus(PATIENCE);
            return addItems(session, batch, items)
                    .chain(taken -> addErrors(session, batch, errors)
                            .chain(() -> addErrors(session, batch, duplicates(items, taken))));
        });
    }

    /** Opens the batch, or rejects it when that is what its caller wants. */
    public Uni<Void> finish(Intake intake) {
        return write(
                intake,
                (session, batch) -> BatchCounting.counts(session, batch.id)
                        .chain(counts -> {
                            boolean refused =
                                    counts.items() == 0 || batch.onError == OnError.REJECT && counts.rejected() > 0;
                            if (refused) {
                                batch.failureKind = "batch-refused";
                                batch.failureDetail = counts.items() == 0
                                        ? "There is no good line in it; its errors tell why."
                                        : counts.rejected()
                                                + " lines are wrong, and onError is reject; its errors tell which.";
                            }
                            return changes.apply(
                                    session, batch, refused ? BatchTrigger.LINES_REFUSED : BatchTrigger.LINES_ACCEPTED);
                        })
                        .replaceWithVoid());
    }

    /** Rejects the batch, because its upload cannot be read at all. */
    public Uni<Void> refuse(Intake intake, Failure failure) {
        return write(intake, (session, batch) -> {
            batch.failureKind = failure.kind();
            batch.failureDetail = failure.detail();
            return changes.apply(session, batch, BatchTrigger.LINES_REFUSED).replaceWithVoid();
        });
    }

    /** Lets another process go on with the check, because this one shuts down. */
    public Uni<Void> handBack(Intake intake) {
        return write(intake, (session, batch) -> {
            batch.intakeUntil = null;
            return Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> write(Intake intake, BiFunction<Mutiny.Session, BatchEntity, Uni<Void>> work) {
        return database.inTransaction(session -> changes.lock(
                        session, intake.batch().id().value())
                .chain(found -> found.filter(batch ->
                                        batch.state == BatchState.VALIDATING && batch.intakeFence == intake.fence())
                                .isPresent()
                        ? work.apply(session, found.get())
                        : Uni.createFrom().failure(new IntakeLost(intake.batch().id()))));
    }

    /** Returns the lines that were stored. */
    private Uni<Set<Long>> addItems(Mutiny.Session session, BatchEntity batch, List<NewItem> items) {
        if (items.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        Uni<Void> pictures = Uni.createFrom().voidItem();
        for (NewItem item : items) {
            if (item.picture() instanceof NewItem.Stored stored) {
                pictures = pictures.chain(() -> Blobs.put(session, stored.bytes(), changes.now()))
                        .replaceWithVoid();
            }
        }
        return pictures.chain(() -> session.createNativeQuery(
                                "insert into batch_items (batch_id, line, tenant, custom_id, state, source_url, sha256,"
                                        + " media_type, settings, needs_map, job_id, available_at)"
                                        + " select :batch, line, :tenant, custom_id, 'WAITING', source_url, sha256,"
                                        + " media_type, settings, needs_map, gen_random_uuid(), :now"
                                        + " from json_to_recordset(cast(cast(:rows as text) as json)) as r (line bigint,"
                                        + " custom_id text, source_url text, sha256 text, media_type text,"
                                        + " settings jsonb, needs_map boolean) order by line"
                                        + " on conflict (batch_id, custom_id) do nothing returning line",
                                Long.class)
                        .setParameter("batch", batch.id)
                        .setParameter("tenant", batch.tenant)
                        .setParameter("now", changes.now())
                        .setParameter(
                                "rows",
                                JobMapping.write(
                                        items.stream().map(IntakeStore::row).toList()))
                        .getResultList())
                .map(HashSet::new);
    }

    private static Map<String, Object> row(NewItem item) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("line", item.line());
        row.put("custom_id", item.customId());
        row.put("settings", item.settings());
        row.put("needs_map", item.needsMap());
        if (item.picture() instanceof NewItem.Stored stored) {
            row.put("sha256", Sha256.of(stored.bytes()));
            row.put("media_type", stored.mediaType());
        } else if (item.picture() instanceof NewItem.Remote remote) {
            row.put("source_url", remote.address().toString());
        }
        return row;
    }

    private static List<LineError> duplicates(List<NewItem> items, Set<Long> stored) {
        return items.stream()
                .filter(item -> !stored.contains(item.line()))
                .map(item -> new LineError(
                        item.line(),
                        Optional.of(item.customId()),
                        "custom-id-invalid",
                        "The customId \"" + item.customId() + "\" is that of an earlier item; each must be unique."))
                .toList();
    }

    private Uni<Void> addErrors(Mutiny.Session session, BatchEntity batch, List<LineError> errors) {
        return session.persistAll(errors.stream()
                .map(error -> {
                    BatchErrorEntity row = new BatchErrorEntity();
                    row.batchId = batch.id;
                    row.line = error.line();
                    row.tenant = batch.tenant;
                    row.customId = error.customId().orElse(null);
                    row.kind = error.kind();
                    row.detail = error.detail();
                    return row;
                })
                .toArray());
    }
}
