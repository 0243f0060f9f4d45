package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Deletes what is kept no longer. Each call deletes at most a chunk, so that no transaction is long and callers hardly notice;
 * several processes share the work without waiting for each other.
 */
@ApplicationScoped
public class RetentionStore {
    static final int CHUNK = 500;

    /** A younger blob is left alone: its artefact may be in a transaction that is still open. */
    private static final Duration BLOB_AGE_MIN = Duration.ofHours(1);

    /** Less than every digest. */
    private static final String START = "";

    private final Pool database;
    private final InstantSource clock;
    private final Duration tombstonesKept;
    private volatile String lastBlob = START;

    RetentionStore(
            Pool database,
            InstantSource clock,
            @ConfigProperty(name = "sam.retention.tombstones-kept") Duration tombstonesKept) {
        this.database = database;
        this.clock = clock;
        this.tombstonesKept = tombstonesKept;
    }

    /**
     * Deletes jobs that are over and whose time has come, with their events and artefacts, and remembers that they existed.
     *
     * @return how many
     */
    public Uni<Integer> deleteExpiredJobs() {
        return delete(
                "with gone as (delete from jobs where id in (select id from jobs where expires_at < $1 and not pinned"
                        + " and state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')"
                        + " order by expires_at limit $2 for update skip locked) returning id, tenant)"
                        + " insert into expired_jobs (id, tenant, deleted_at) select id, tenant, $3 from gone",
                Tuple.of(now(), CHUNK, now()));
    }

    /**
     * Looks at the next chunk of blobs, in the order of their digests, and deletes those that no artefact, no item of
     * a batch and no study names. After the last one it begins again.
     *
     * @return how many
     */
    public Uni<Integer> deleteUnnamedBlobs() {
        return database.preparedQuery(
                        "with chunk as (select sha256 from blobs where sha256 > $1 order by sha256 limit $2),"
                                + " gone as (delete from blobs b using chunk where b.sha256 = chunk.sha256 and created_at < $3"
                                + " and not exists (select 1 from artefacts a where a.sha256 = b.sha256)"
                                + " and not exists (select 1 from batch_items i where i.sha256 = b.sha256)"
                                + " and not exists (select 1 from study_pictures p where p.sha256 = b.sha256) returning 1)"
                                + " select (select max(sha256) from chunk) as last, (select count(*) from gone) as deleted")
                .execute(Tuple.of(lastBlob, CHUNK, now().minus(BLOB_AGE_MIN)))
                .map(rows -> rows.iterator().next())
                .invoke(row -> lastBlob = row.getString("last") == null ? START : row.getString("last"))
                .map(row -> row.getInteger("deleted"));
    }

    /** Deletes answers that need not be given again. @return how many */
    public Uni<Integer> deleteOldAnswers() {
        return delete(
                "delete from idempotency_keys where (tenant, route, key) in (select tenant, route, key"
                        + " from idempotency_keys where expires_at < $1 order by expires_at limit $2"
                        + " for update skip locked)",
                Tuple.of(now(), CHUNK));
    }

    /** Forgets jobs that were deleted long ago. @return how many */
    public Uni<Integer> deleteOldTombstones() {
        return delete(
                "delete from expired_jobs where id in (select id from expired_jobs where deleted_at < $1"
                        + " order by deleted_at limit $2 for update skip locked)",
                Tuple.of(now().minus(tombstonesKept), CHUNK));
    }

    private Uni<Integer> delete(String statement, Tuple parameters) {
        return database.preparedQuery(statement).execute(parameters).map(rows -> rows.rowCount());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
