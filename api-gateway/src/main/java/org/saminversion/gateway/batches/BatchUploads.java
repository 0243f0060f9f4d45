package org.saminversion.gateway.batches;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Tenant;
import org.saminversion.model.batch.BatchId;
import org.saminversion.model.batch.UploadStore;

/** Stores the bytes of uploads as they come. */
@ApplicationScoped
public class BatchUploads {
    /** What a broken connection can lose, and what an upload takes of the memory. */
    private static final int CHUNK_BYTES = 1 << 20;

    private final UploadStore store;
    private final long bytesMax;

    BatchUploads(UploadStore store, @ConfigProperty(name = "sam.batches.upload-bytes-max") long bytesMax) {
        this.store = store;
        this.bytesMax = bytesMax;
    }

    /**
     * Appends all that comes. What came before a failure stays stored.
     *
     * @param offset in bytes, where the stored upload must end
     * @return where it ends now
     */
    long append(Tenant tenant, BatchId batch, long offset, InputStream body) throws IOException {
        long end = offset;
        for (byte[] chunk = body.readNBytes(CHUNK_BYTES); chunk.length > 0; chunk = body.readNBytes(CHUNK_BYTES)) {
            if (end + chunk.length > bytesMax) {
                throw new JobFailure.Rejected(
                        "batch-too-large", "An upload may have " + bytesMax + " bytes. Split the catalogue.");
            }
            end = Waiting.forStore(store.append(tenant, batch, end, chunk))
                    .orElseThrow(() -> missing(batch.toString()));
        }
        return end;
    }

    public static NotFoundException missing(String id) {
        return new NotFoundException("There is no batch " + id + ", or it was deleted after its retention.");
    }

    public static BatchId parse(String id) {
        return BatchId.parse(id).orElseThrow(() -> missing(id));
    }
}
