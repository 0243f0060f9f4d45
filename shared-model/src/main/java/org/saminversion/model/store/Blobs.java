package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Content;
import org.saminversion.model.Sha256;

/** Writes bytes under their content, and the artefacts that name them. */
public final class Blobs {
    private Blobs() {}

    /** @return the SHA-256 of the bytes, in lower-case hexadecimal digits */
    public static Uni<String> put(Mutiny.Session session, byte[] bytes, Instant now) {
        String sha256 = Sha256.of(bytes);
        return session.createNativeQuery("insert into blobs (sha256, bytes, byte_size, created_at)"
                        + " values (:sha256, :bytes, :size, :now) on conflict (sha256) do nothing")
                .setParameter("sha256", sha256)
                .setParameter("bytes", bytes)
                .setParameter("size", (long) bytes.length)
                .setParameter("now", now)
                .executeUpdate()
                .replaceWith(sha256);
    }

    static Uni<Void> putArtefact(Mutiny.Session session, UUID job, String tenant, Content content, Instant now) {
        return put(session, content.bytes(), now)
                .chain(sha256 -> session.createNativeQuery(
                                "insert into artefacts (job_id, name, tenant, media_type, sha256, byte_size, created_at)"
                                        + " values (:job, :name, :tenant, :type, :sha256, :size, :now)"
                                        + " on conflict (job_id, name) do update set media_type = excluded.media_type,"
                                        + " sha256 = excluded.sha256, byte_size = excluded.byte_size,"
                                        + " created_at = excluded.created_at")
                        .setParameter("job", job)
                        .setParameter("name", content.name())
                        .setParameter("tenant", tenant)
                        .setParameter("type", content.mediaType())
                        .setParameter("sha256", sha256)
                        .setParameter("size", (long) content.bytes().length)
                        .setParameter("now", now)
                        .executeUpdate())
                .replaceWithVoid();
    }
}
