package org.saminversion.model.batch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.Database;

/** The bytes of uploads. Each chunk is stored by itself, so that a broken upload goes on where it broke. */
@ApplicationScoped
public class UploadStore {
    private final Database database;
    private final BatchChanges changes;

    UploadStore(Database database, BatchChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    /**
     * @return the bytes stored so far; empty if there is no such batch. Fails with {@link WrongOffset}, or with
     *     IllegalBatchTransition if the upload is finished
     */
    public Uni<Optional<Long>> append(Tenant tenant, BatchId id, long firstByte, byte[] bytes) {
        return database.inTransaction(session -> changes.lock(session, tenant, id)
                .chain(found -> {
                    if (found.isEmpty()) {
                        return Uni.createFrom().item(Optional.<Long>empty());
                    }
                    BatchEntity batch = found.get();
                    if (batch.state != BatchState.UPLOADING) {
                        return Uni.createFrom()
                                .failure(new IllegalBatchTransition(batch.state, BatchTrigger.UPLOAD_FINISHED));
                    }
                    if (batch.uploadBytes != firstByte) {
                        return Uni.createFrom().failure(new WrongOffset(batch.uploadBytes, firstByte));
                    }
                    BatchPartEntity part = new BatchPartEntity();
                    part.batchId = batch.id;
                    part.firstByte = firstByte;
                    part.byteSize = bytes.length;
                    part.bytes = bytes;
                    batch.uploadBytes += bytes.length;
                    batch.updatedAt = changes.now();
                    return session.persist(part).replaceWith(() -> Optional.of(batch.uploadBytes));
                }));
    }

    /** Sizes of the chunks in bytes, by the position of their first byte. */
    public Uni<NavigableMap<Long, Integer>> chunks(Batch batch) {
        return database.inTransaction(session -> session.createQuery(
                        "select firstByte, byteSize from BatchPartEntity where batchId = :batch", Object[].class)
                .setParameter("batch", batch.id().value())
                .getResultList()
                .map(rows -> {
                    NavigableMap<Long, Integer> sizes = new TreeMap<>();
                    rows.forEach(row -> sizes.put((Long) row[0], (Integer) row[1]));
                    return sizes;
                }));
    }

    /** The chunk that begins at the byte; empty if the upload was forgotten meanwhile. */
    public Uni<Optional<byte[]>> chunk(Batch batch, long firstByte) {
        return database.inTransaction(session -> session.createQuery(
                        "select bytes from BatchPartEntity where batchId = :batch and firstByte = :first", byte[].class)
                .setParameter("batch", batch.id().value())
                .setParameter("first", firstByte)
                .getSingleResultOrNull()
                .map(Optional::ofNullable));
    }
}
