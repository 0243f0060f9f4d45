package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Failure;
import org.saminversion.model.JobEvent;
import org.saminversion.model.JobId;
import org.saminversion.model.LossRecord;
import org.saminversion.model.lifecycle.JobTrigger;
import org.saminversion.model.outbox.OutboxRelay;

/**
 * What workers may do with jobs. Every write carries the lease and fails with {@link LeaseLost}, having written nothing, when
 * the lease is over.
 */
@ApplicationScoped
public class WorkStore {
    private final Database database;
    private final JobChanges changes;
    private final OutboxRelay relay;

    WorkStore(Database database, JobChanges changes, OutboxRelay relay) {
        this.database = database;
        this.changes = changes;
        this.relay = relay;
    }

    /** What the engine needs besides the job's settings. */
    public record Inputs(byte[] image, Optional<byte[]> map, Optional<Checkpoint> checkpoint) {}

    public Uni<Inputs> inputs(JobId job) {
        return database.inTransaction(session -> bytes(session, job, Artefact.INPUT)
                .chain(image -> bytes(session, job, Artefact.MAP)
                        .chain(map -> session.find(CheckpointEntity.class, job.value())
                                .map(row -> new Inputs(
                                        image.orElseThrow(),
                                        map,
                                        Optional.ofNullable(row).map(r -> new Checkpoint(r.step, r.bytes)))))));
    }

    /** Renews the lease and tells whether the work is still wanted. Needs no lock on the job. */
    public Uni<Pulse> heartbeat(Lease lease) {
        Instant now = changes.now();
        return database.inTransaction(session -> session.createNativeQuery(
                        "update leases l set expires_at = :until from jobs j where l.job_id = :job and l.fence = :fence"
                                + " and j.id = l.job_id returning j.cancel_requested",
                        Boolean.class)
                .setParameter("until", now.plus(Lease.TIME_TO_LIVE))
                .setParameter("job", lease.job().value())
                .setParameter("fence", lease.fence())
                .getSingleResultOrNull()
                .map(cancel -> cancel == null ? Pulse.LOST : cancel ? Pulse.CANCEL : Pulse.GO_ON));
    }

    /** Tells callers how far a map is. @param progress 0 to 1 */
    public Uni<Void> reportMapping(Lease lease, double progress) {
        return write(lease, (session, job) -> {
            job.progress = progress;
            return changes.event(session, job, JobEvent.PROGRESS, Map.of("stage", "MAP", "progress", progress));
        });
    }

    /** Stores the losses of the latest steps, which follow those stored before. */
    public Uni<Void> reportLosses(Lease lease, List<LossRecord> losses) {
        return write(lease, (session, job) -> {
            LossRecord last = losses.get(losses.size() - 1);
            job.step = last.step() + 1;
            job.progress = (double) job.step / job.steps;
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("stage", "RUN");
            body.put("progress", job.progress);
            body.put("step", job.step);
            body.put("steps", job.steps);
            body.put("loss", last.total());
            return putLosses(session, job, losses).chain(() -> changes.event(session, job, JobEvent.PROGRESS, body));
        });
    }

    /** A report that is told again, because the answer to the first was lost, replaces it. */
    private static Uni<Void> putLosses(Mutiny.Session session, JobEntity job, List<LossRecord> losses) {
        int firstStep = losses.get(0).step();
        String text = JobMapping.write(new LossChunk(losses));
        return session.find(LossChunkEntity.class, new LossChunkEntity.Key(job.id, firstStep))
                .chain(known -> {
                    if (known != null) {
                        known.losses = text;
                        return Uni.createFrom().voidItem();
                    }
                    LossChunkEntity chunk = new LossChunkEntity();
                    chunk.jobId = job.id;
                    chunk.firstStep = firstStep;
                    chunk.tenant = job.tenant;
                    chunk.losses = text;
                    return session.persist(chunk);
                });
    }

    /** Forgets losses that a worker reported after its last checkpoint: they come again. */
    public Uni<Void> rewindTo(Lease lease, int step) {
        return write(lease, (session, job) -> {
            job.step = step;
            job.progress = (double) step / job.steps;
            return session.createMutationQuery("delete from LossChunkEntity where jobId = :job and firstStep >= :step")
                    .setParameter("job", job.id)
                    .setParameter("step", step)
                    .executeUpdate()
                    .replaceWithVoid();
        });
    }

    public Uni<Void> saveCheckpoint(Lease lease, Checkpoint checkpoint) {
        return write(lease, (session, job) -> {
            job.fruitlessAttempts = 0;
            return session.createNativeQuery("insert into checkpoints (job_id, tenant, fence, step, bytes, created_at)"
                            + " values (:job, :tenant, :fence, :step, :bytes, :now) on conflict (job_id)"
                            + " do update set fence = excluded.fence, step = excluded.step,"
                            + " bytes = excluded.bytes, created_at = excluded.created_at")
                    .setParameter("job", job.id)
                    .setParameter("tenant", job.tenant)
                    .setParameter("fence", lease.fence())
                    .setParameter("step", checkpoint.step())
                    .setParameter("bytes", checkpoint.bytes())
                    .setParameter("now", changes.now())
                    .executeUpdate()
                    .replaceWithVoid();
        });
    }

    /** Stores how the result stands, in the place of what was stored before. */
    public Uni<Void> showPreview(Lease lease, Content picture) {
        return write(lease, (session, job) -> Blobs.putArtefact(session, job.id, job.tenant, picture, changes.now()));
    }

    /** Stores the map, if the method has one, and hands the job to the GPU workers. */
    public Uni<Void> finishMap(Lease lease, List<Content> artefacts) {
        return write(lease, (session, job) -> {
            job.attempts = 0;
            job.fruitlessAttempts = 0;
            job.progress = 0;
            return putAll(session, job, artefacts)
                    // The optimisation that follows must not take it for its own.
                    .chain(() -> changes.forgetCheckpoint(session, job))
                    .chain(() -> changes.apply(session, job, JobTrigger.MAP_FINISHED))
                    .replaceWithVoid();
        });
    }

    public Uni<Void> finishRun(Lease lease, RunResult result) {
        return write(lease, (session, job) -> {
            job.psnrDecibel = result.quality().psnrDecibel();
            job.lpips = result.quality().lpips();
            job.shares = JobMapping.write(result.shares());
            job.provenance = JobMapping.write(result.provenance());
            job.failureKind = null;
            job.failureDetail = null;
            return session.createMutationQuery("delete from ArtefactEntity where jobId = :job and name = :preview")
                    .setParameter("job", job.id)
                    .setParameter("preview", Artefact.PREVIEW)
                    .executeUpdate()
                    .chain(() -> putAll(session, job, result.artefacts()))
                    .chain(() -> changes.apply(session, job, JobTrigger.RUN_FINISHED))
                    .replaceWithVoid();
        });
    }

    /** Ends the job with a reason. */
    public Uni<Void> fail(Lease lease, Failure failure) {
        return write(lease, (session, job) -> {
            job.failureKind = failure.kind();
            job.failureDetail = failure.detail();
            return changes.apply(session, job, JobTrigger.WORK_FAILED).replaceWithVoid();
        });
    }

    public Uni<Void> confirmCancel(Lease lease) {
        return write(
                lease,
                (session, job) ->
                        changes.apply(session, job, JobTrigger.CANCEL_CONFIRMED).replaceWithVoid());
    }

    /** Puts the job back because this worker shuts down; costs no try. */
    public Uni<Void> handBack(Lease lease) {
        return write(lease, (session, job) -> {
            job.fruitlessAttempts = Math.max(0, job.fruitlessAttempts - 1);
            return changes.apply(session, job, JobTrigger.WORK_RETURNED).replaceWithVoid();
        });
    }

    /** Puts the job back after a passing trouble; it is sent out again after a pause that doubles with each try. */
    public Uni<Void> retryLater(Lease lease, Failure trouble) {
        return write(lease, (session, job) -> {
            job.failureKind = trouble.kind();
            job.failureDetail = trouble.detail();
            return changes.apply(session, job, JobTrigger.WORK_RETURNED, RetryPause.after(job.fruitlessAttempts))
                    .replaceWithVoid();
        });
    }

    private Uni<Void> write(Lease lease, BiFunction<Mutiny.Session, JobEntity, Uni<Void>> work) {
        return database.inTransaction(session -> changes.lock(
                                session, lease.job().value())
                        .chain(job -> session.createQuery(
                                        "select fence from LeaseEntity where jobId = :job", Long.class)
                                .setParameter("job", lease.job().value())
                                .getSingleResultOrNull()
                                .chain(fence -> job.isPresent() && fence != null && fence == lease.fence()
                                        ? work.apply(session, job.get())
                                        : Uni.createFrom().failure(new LeaseLost(lease)))))
                .invoke(relay::wake);
    }

    private Uni<Void> putAll(Mutiny.Session session, JobEntity job, List<Content> artefacts) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Content content : artefacts) {
            all = all.chain(() -> Blobs.putArtefact(session, job.id, job.tenant, content, changes.now()));
        }
        return all;
    }

    static Uni<Optional<byte[]>> bytes(Mutiny.Session session, JobId job, String artefact) {
        return session.createQuery(
                        "select b.bytes from ArtefactEntity a join BlobEntity b on b.sha256 = a.sha256"
                                + " where a.jobId = :job and a.name = :name",
                        byte[].class)
                .setParameter("job", job.value())
                .setParameter("name", artefact)
                .getSingleResultOrNull()
                .map(Optional::ofNullable);
    }
}
