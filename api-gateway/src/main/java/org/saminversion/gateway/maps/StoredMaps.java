package org.saminversion.gateway.maps;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.inversions.InversionsResource;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.invertibility.InvertibilityMapFile;
import org.saminversion.inversion.invertibility.RefinedMap;
import org.saminversion.model.Artefact;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.JobSettings;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.JobStore;

/** Refines the invertibility maps of inversions again, from the errors that were stored. */
@ApplicationScoped
class StoredMaps {
    private final JobStore jobs;

    StoredMaps(JobStore jobs) {
        this.jobs = jobs;
    }

    /**
     * @param tau the inversion's own if empty
     * @return fails with NotFoundException, or with JobFailure.Rejected if there is no map or an inversion cannot have this
     *     threshold
     */
    Uni<RefinedMap> refined(Tenant owner, JobId id, Optional<Double> tau) {
        return Waiting.inTime(jobs.find(owner, id))
                .map(found -> found.orElseThrow(() -> InversionsResource.missing(id.toString())))
                .chain(job -> Waiting.inTime(jobs.content(owner, id, Artefact.MAP))
                        .map(map -> map.orElseThrow(() -> without(job)))
                        .map(map -> InvertibilityMapFile.parse(map.bytes(), "the map of inversion " + id)
                                .refine(tau.map(wanted -> inRange(wanted, job.settings()))
                                        .orElse(job.settings().tau()))));
    }

    private static JobFailure.Rejected without(Job job) {
        return new JobFailure.Rejected(
                "inversion-unfinished",
                "The inversion " + job.id() + " has no map, or not yet: only the method sam makes one.");
    }

    private static double inRange(double tau, JobSettings like) {
        return new InversionSettings(like.method(), tau, like.steps(), like.seed()).tau();
    }
}
