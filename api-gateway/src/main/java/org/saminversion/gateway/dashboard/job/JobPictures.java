package org.saminversion.gateway.dashboard.job;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import org.saminversion.gateway.bundles.Bundles;
import org.saminversion.gateway.inversions.MissingInversion;
import org.saminversion.inversion.image.ImageReader;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.invertibility.InvertibilityMapFile;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.JobStore;

/** Pictures of a job that are made for looking at it. Each fails with a 404 if there is nothing to make it of. */
@ApplicationScoped
class JobPictures {
    private final JobStore jobs;
    private final Bundles bundles;

    JobPictures(JobStore jobs, Bundles bundles) {
        this.jobs = jobs;
        this.bundles = bundles;
    }

    /** The photograph as it lies in the generator's image, so that it can be laid over the reconstruction; a PNG. */
    Uni<byte[]> fitted(Tenant tenant, JobId id) {
        return jobs.find(tenant, id)
                .map(found -> found.orElseThrow(() -> new MissingInversion(id.toString())))
                .chain(job -> content(tenant, id, Artefact.INPUT).map(input -> fitted(job, input)));
    }

    /** How well a space is predicted to reconstruct each pixel; a PNG of the map's size. @param space such as {@code F4} */
    Uni<byte[]> errors(Tenant tenant, JobId id, String space) {
        return content(tenant, id, Artefact.MAP).map(file -> {
            InvertibilityMap map = InvertibilityMapFile.parse(file.bytes(), "the map of inversion " + id);
            LatentSpace wanted = map.candidates().stream()
                    .filter(candidate -> candidate.toString().equals(space))
                    .findFirst()
                    .orElseThrow(() -> new NotFoundException(
                            "The map has no space " + space + "; it has " + map.candidates() + "."));
            return PngWriter.toBytes(ErrorPicture.of(map, wanted));
        });
    }

    private byte[] fitted(Job job, Content input) {
        return PngWriter.toBytes(
                bundles.describe(job.settings().bundle()).layout().fullSize(ImageReader.read(input.bytes())));
    }

    private Uni<Content> content(Tenant tenant, JobId id, String artefact) {
        return jobs.content(tenant, id, artefact)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(found -> found.orElseThrow(
                        () -> new NotFoundException("The inversion " + id + " has no " + artefact + ", or not yet.")));
    }
}
