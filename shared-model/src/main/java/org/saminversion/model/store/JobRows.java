package org.saminversion.model.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.Artefact;
import org.saminversion.model.Job;
import org.saminversion.model.JobDetails;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.LossRecord;

/** Makes values of the rows of jobs and of what belongs to them. */
final class JobRows {
    private JobRows() {}

    static Uni<Job> withEdits(Mutiny.Session session, JobEntity row) {
        return edits(session, List.of(row.id)).map(edits -> JobMapping.job(row, edits));
    }

    /** One row more than the page shows tells that there is a next one. */
    static Uni<JobPage> page(Mutiny.Session session, List<JobEntity> rows, int pageSize) {
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

    static Uni<JobDetails> details(Mutiny.Session session, JobEntity row) {
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
                                                .map(JobRows::artefact)
                                                .toList(),
                                        losses(chunks)))));
    }

    static Artefact artefact(ArtefactEntity row) {
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
}
