package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.EditKey;
import org.saminversion.model.EditPart;
import org.saminversion.model.EditRendering;
import org.saminversion.model.Failure;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobId;
import org.saminversion.model.outbox.OutboxRelay;

/**
 * What workers may do with further edits. There is no lease: a rendering takes milliseconds, two workers that render the same
 * one get the same picture, and only the first that writes does.
 */
@ApplicationScoped
public class EditWork {
    /** Workers that died or were troubled over one rendering; one more, and it fails. */
    static final int ATTEMPTS_MAX = 5;

    private final Database database;
    private final JobChanges changes;
    private final OutboxRelay relay;

    EditWork(Database database, JobChanges changes, OutboxRelay relay) {
        this.database = database;
        this.changes = changes;
        this.relay = relay;
    }

    /** What a worker has to render. */
    public record Order(String bundle, List<EditPart> parts) {}

    /** Counts the try. @return empty if there is nothing to do, or nothing any more */
    public Uni<Optional<Order>> take(EditKey key) {
        return pending(key, (session, row) -> {
            if (row.attempts >= ATTEMPTS_MAX) {
                return end(
                                session,
                                row,
                                EditRendering.State.FAILED,
                                Optional.of(new Failure(
                                        "attempts-exhausted",
                                        "The edit was tried " + row.attempts + " times, and no worker finished it.")))
                        .replaceWith(Optional.empty());
            }
            row.attempts++;
            return session.createQuery("select bundle from JobEntity where id = :job", String.class)
                    .setParameter("job", row.jobId)
                    .getSingleResult()
                    .map(bundle -> Optional.of(new Order(bundle, row.readParts())));
        });
    }

    /** The bytes of the job's latents. */
    public Uni<Optional<byte[]>> latents(JobId job) {
        return database.inTransaction(session -> WorkStore.bytes(session, job, Artefact.LATENTS));
    }

    /** Stores the picture; a picture that another worker has stored already is kept. */
    public Uni<Void> finish(EditKey key, byte[] png) {
        Content picture = new Content(Artefact.rendering(key.number()), Content.PNG, png);
        return pending(
                        key,
                        (session, row) -> Blobs.putArtefact(session, row.jobId, row.tenant, picture, changes.now())
                                .chain(() -> end(session, row, EditRendering.State.DONE, Optional.empty()))
                                .replaceWith(Optional.empty()))
                .replaceWithVoid();
    }

    public Uni<Void> fail(EditKey key, Failure failure) {
        return pending(
                        key,
                        (session, row) -> end(session, row, EditRendering.State.FAILED, Optional.of(failure))
                                .replaceWith(Optional.empty()))
                .replaceWithVoid();
    }

    private <T> Uni<Optional<T>> pending(
            EditKey key, BiFunction<Mutiny.Session, EditRenderingEntity, Uni<Optional<T>>> work) {
        return database.inTransaction(session -> session.find(
                                EditRenderingEntity.class,
                                new EditRenderingEntity.Key(key.job().value(), key.number()),
                                LockModeType.PESSIMISTIC_WRITE)
                        .chain(row -> row != null && row.state == EditRendering.State.PENDING
                                ? work.apply(session, row)
                                : Uni.createFrom().item(Optional.<T>empty())))
                .invoke(relay::wake);
    }

    private Uni<Void> end(
            Mutiny.Session session, EditRenderingEntity row, EditRendering.State state, Optional<Failure> failure) {
        row.state = state;
        row.finishedAt = changes.now();
        row.failureKind = failure.map(Failure::kind).orElse(null);
        row.failureDetail = failure.map(Failure::detail).orElse(null);
        if (row.preview) {
            return changes.wakeListeners(session, row.tenant, row.jobId);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("edit", row.number);
        body.put("state", state);
        failure.ifPresent(why -> body.put("failure", Map.of("kind", why.kind(), "detail", why.detail())));
        return changes.lock(session, row.jobId)
                .chain(job -> changes.event(session, job.orElseThrow(), JobEvent.EDIT, body));
    }
}
