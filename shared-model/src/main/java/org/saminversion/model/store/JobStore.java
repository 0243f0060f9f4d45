package org.saminversion.model.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.EditOrder;
import org.saminversion.model.Job;
import org.saminversion.model.JobDetails;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.LossRecord;
import org.saminversion.model.Sha256;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.callback.CallbackEvent;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.lifecycle.JobTrigger;
import org.saminversion.model.outbox.OutboxRelay;

/** What callers may do with jobs. A job of another tenant does not exist. */
@ApplicationScoped
public class JobStore {
    public static final int PAGE_MAX = 200;

    private final Database database;
    private final JobChanges changes;
    private final OutboxRelay relay;

    JobStore(Database database, JobChanges changes, OutboxRelay relay) {
        this.database = database;
        this.changes = changes;
        this.relay = relay;
    }

    /** Stores image, job, first event and message in one transaction. */
    public Uni<Job> submit(Submission submission) {
        return database.inTransaction(session -> {
                    JobEntity row = newRow(submission);
                    Content input = new Content(Artefact.INPUT, submission.mediaType(), submission.image());
                    row.inputSha256 = Sha256.of(submission.image());
                    List<EditEntity> edits = editRows(submission);
                    return Blobs.put(session, submission.image(), changes.now())
                            .chain(() -> session.persist(row))
                            .chain(session::flush)
                            .chain(() -> session.persistAll(edits.toArray()))
                            .chain(() -> Blobs.putArtefact(session, row.id, row.tenant, input, changes.now()))
                            .chain(() -> changes.sendRequest(session, row, Duration.ZERO))
                            .chain(() -> changes.stateEvent(session, row))
                            .map(ignored -> JobMapping.job(row, edits));
                })
                .invoke(relay::wake);
    }

    public Uni<Optional<Job>> find(Tenant tenant, JobId id) {
        return database.inTransaction(session -> row(session, tenant, id)
                .chain(row -> row.isEmpty()
                        ? Uni.createFrom().item(Optional.<Job>empty())
                        : withEdits(session, row.get()).map(Optional::of)));
    }

    public Uni<Optional<JobDetails>> details(Tenant tenant, JobId id) {
        return database.inTransaction(session -> row(session, tenant, id)
                .chain(row -> row.isEmpty()
                        ? Uni.createFrom().item(Optional.<JobDetails>empty())
                        : details(session, row.get()).map(Optional::of)));
    }

    /** Newest first. @param limit at most {@link #PAGE_MAX} */
    public Uni<JobPage> list(Tenant tenant, Optional<JobState> state, Optional<JobPage.Position> after, int limit) {
        String query = "from JobEntity where tenant = :tenant"
                + (state.isPresent() ? " and state = :state" : "")
                + (after.isPresent() ? " and (createdAt < :created or createdAt = :created and id < :id)" : "")
                + " order by createdAt desc, id desc";
        return database.inTransaction(session -> {
            Mutiny.SelectionQuery<JobEntity> select =
                    session.createQuery(query, JobEntity.class).setParameter("tenant", tenant.name());
            state.ifPresent(wanted -> select.setParameter("state", wanted));
            after.ifPresent(position -> select.setParameter("created", position.created())
                    .setParameter("id", position.id().value()));
            int pageSize = Math.min(limit, PAGE_MAX);
            return select.setMaxResults(pageSize + 1).getResultList().chain(rows -> page(session, rows, pageSize));
        });
    }

    /**
     * Cancels at once what only waits, and asks the worker of what is being worked on.
     *
     * @return empty if there is no such job; fails with IllegalTransition if the job is over
     */
    public Uni<Optional<Job>> cancel(Tenant tenant, JobId id) {
        return change(tenant, id, JobTrigger.CANCEL_REQUESTED);
    }

    /** Gives a failed job another try, as if it were new. @return as {@link #cancel} */
    public Uni<Optional<Job>> replay(Tenant tenant, JobId id) {
        return change(tenant, id, JobTrigger.REPLAYED);
    }

    /** The artefact without its bytes. */
    public Uni<Optional<Artefact>> artefact(Tenant tenant, JobId id, String name) {
        return database.inTransaction(session -> session.createQuery(
                        "from ArtefactEntity where jobId = :job and tenant = :tenant and name = :name",
                        ArtefactEntity.class)
                .setParameter("job", id.value())
                .setParameter("tenant", tenant.name())
                .setParameter("name", name)
                .getSingleResultOrNull()
                .map(found -> Optional.ofNullable(found).map(JobStore::artefact)));
    }

    /** The artefact with its bytes. */
    public Uni<Optional<Content>> content(Tenant tenant, JobId id, String name) {
        return database.inTransaction(session -> session.createQuery(
                        "select a.mediaType, b.bytes from ArtefactEntity a join BlobEntity b on b.sha256 = a.sha256"
                                + " where a.jobId = :job and a.tenant = :tenant and a.name = :name",
                        Object[].class)
                .setParameter("job", id.value())
                .setParameter("tenant", tenant.name())
                .setParameter("name", name)
                .getSingleResultOrNull()
                .map(found -> Optional.ofNullable(found)
                        .map(columns -> new Content(name, (String) columns[0], (byte[]) columns[1]))));
    }

    /** Events with larger numbers, in order. */
    public Uni<List<JobEvent>> eventsAfter(Tenant tenant, JobId id, long number, int limit) {
        return database.inTransaction(session -> session.createQuery(
                        "from JobEventEntity where jobId = :job and tenant = :tenant and number > :number"
                                + " order by number",
                        JobEventEntity.class)
                .setParameter("job", id.value())
                .setParameter("tenant", tenant.name())
                .setParameter("number", number)
                .setMaxResults(limit)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new JobEvent(row.number, row.kind, row.body, row.createdAt))
                        .toList()));
    }

    private Uni<Optional<Job>> change(Tenant tenant, JobId id, JobTrigger trigger) {
        return database.inTransaction(session -> changes.lock(session, id.value())
                        .chain(found -> {
                            Optional<JobEntity> row = found.filter(job -> job.tenant.equals(tenant.name()));
                            if (row.isEmpty()) {
                                return Uni.createFrom().item(Optional.<Job>empty());
                            }
                            if (trigger == JobTrigger.REPLAYED) {
                                makeFresh(row.get());
                            }
                            return changes.apply(session, row.get(), trigger)
                                    .chain(() -> withEdits(session, row.get()))
                                    .map(Optional::of);
                        }))
                .invoke(relay::wake);
    }

    private void makeFresh(JobEntity row) {
        Duration queueTimeout = Duration.between(row.createdAt, row.queueDeadline);
        row.queueDeadline = changes.now().plus(queueTimeout);
        if (row.state == JobState.FAILED) {
            row.fruitlessAttempts = 0;
            row.failureKind = null;
            row.failureDetail = null;
            row.finishedAt = null;
            row.progress = 0;
            row.step = 0;
        }
    }

    private static Uni<Optional<JobEntity>> row(Mutiny.Session session, Tenant tenant, JobId id) {
        return session.find(JobEntity.class, id.value())
                .map(row -> Optional.ofNullable(row).filter(job -> job.tenant.equals(tenant.name())));
    }

    static Uni<Job> withEdits(Mutiny.Session session, JobEntity row) {
        return edits(session, List.of(row.id)).map(edits -> JobMapping.job(row, edits));
    }

    private static Uni<JobPage> page(Mutiny.Session session, List<JobEntity> rows, int pageSize) {
        List<JobEntity> shown = rows.subList(0, Math.min(pageSize, rows.size()));
        if (shown.isEmpty()) {
            return Uni.createFrom().item(new JobPage(List.of(), Optional.empty()));
        }
        JobEntity last = shown.get(shown.size() - 1);
        Optional<JobPage.Position> next = rows.size() > pageSize
                ? Optional.of(new JobPage.Position(last.createdAt, new JobId(last.id)))
                : Optional.empty();
        return edits(session, shown.stream().map(row -> row.id).toList()).map(edits -> {
            Map<UUID, List<EditEntity>> byJob = edits.stream().collect(Collectors.groupingBy(edit -> edit.jobId));
            return new JobPage(
                    shown.stream()
                            .map(row -> JobMapping.job(row, byJob.getOrDefault(row.id, List.of())))
                            .toList(),
                    next);
        });
    }

    static Uni<List<EditEntity>> edits(Mutiny.Session session, List<UUID> jobs) {
        return session.createQuery("from EditEntity where jobId in (:jobs) order by jobId, ordinal", EditEntity.class)
                .setParameter("jobs", jobs)
                .getResultList();
    }

    private static Uni<JobDetails> details(Mutiny.Session session, JobEntity row) {
        return withEdits(session, row)
                .chain(job -> session.createQuery(
                                "from ArtefactEntity where jobId = :job order by name", ArtefactEntity.class)
                        .setParameter("job", row.id)
                        .getResultList()
                        .chain(artefacts -> session.createQuery(
                                        "from LossChunkEntity where jobId = :job order by firstStep",
                                        LossChunkEntity.class)
                                .setParameter("job", row.id)
                                .getResultList()
                                .map(chunks -> new JobDetails(
                                        job,
                                        artefacts.stream()
                                                .map(JobStore::artefact)
                                                .toList(),
                                        losses(chunks)))));
    }

    private static Artefact artefact(ArtefactEntity row) {
        return new Artefact(row.name, row.mediaType, row.byteSize, row.sha256, row.createdAt);
    }

    private static List<LossRecord> losses(List<LossChunkEntity> chunks) {
        List<LossRecord> losses = new ArrayList<>();
        for (LossChunkEntity chunk : chunks) {
            losses.addAll(JobMapping.read(chunk.losses, new TypeReference<LossChunk>() {})
                    .losses());
        }
        return losses;
    }

    private JobEntity newRow(Submission submission) {
        Instant now = changes.now();
        JobEntity row = new JobEntity();
        row.id = submission.id().value();
        row.tenant = submission.tenant().name();
        row.lane = submission.lane();
        row.state = submission.needsMap() ? JobState.QUEUED : JobState.READY;
        row.bundle = submission.settings().bundle();
        row.method = submission.settings().method();
        row.tau = submission.settings().tau();
        row.steps = submission.settings().steps();
        row.seed = submission.settings().seed();
        row.inputMediaType = submission.mediaType();
        row.createdAt = now;
        row.updatedAt = now;
        row.messageSentAt = now;
        row.queueDeadline = now.plus(submission.queueTimeout());
        row.runTimeoutMs = submission.runTimeout().toMillis();
        row.expiresAt = now.plus(submission.retention());
        submission.callback().ifPresent(callback -> {
            row.callbackEndpoint = callback.endpoint().value();
            row.callbackEvents = CallbackEvent.write(callback.events());
        });
        return row;
    }

    private static List<EditEntity> editRows(Submission submission) {
        List<EditEntity> rows = new ArrayList<>();
        for (EditOrder order : submission.settings().edits()) {
            EditEntity row = new EditEntity();
            row.jobId = submission.id().value();
            row.ordinal = rows.size();
            row.tenant = submission.tenant().name();
            row.direction = order.direction();
            row.strength = order.strength();
            rows.add(row);
        }
        return rows;
    }
}
