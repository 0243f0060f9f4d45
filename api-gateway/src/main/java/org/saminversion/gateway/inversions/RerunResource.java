package org.saminversion.gateway.inversions;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.submissions.SubmissionCheck;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.Sha256;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.JobStore;

/** Repeats an inversion. */
@Path(InversionsResource.PATH + "/{id}/rerun")
@Produces(MediaType.APPLICATION_JSON)
public class RerunResource {
    private final JobStore jobs;
    private final SubmissionCheck check;
    private final SubmissionAnswers submissions;
    private final CurrentTenant tenant;

    RerunResource(JobStore jobs, SubmissionCheck check, SubmissionAnswers submissions, CurrentTenant tenant) {
        this.jobs = jobs;
        this.check = check;
        this.submissions = submissions;
        this.tenant = tenant;
    }

    @POST
    @Blocking
    @Operation(
            summary = "Submit the same again: same image, settings and seed",
            description = "Makes a new inversion, which names this one in rerunOf. With the same bundle and on the same"
                    + " machine the result has the same bits; compare the provenance of both.")
    public Uni<Response> rerun(@PathParam("id") String id, @Context HttpHeaders headers) {
        JobId original = InversionsResource.parse(id);
        Tenant owner = tenant.get();
        Job job = Waiting.forStore(jobs.find(owner, original)).orElseThrow(() -> InversionsResource.missing(id));
        Content input = Waiting.forStore(jobs.content(owner, original, Artefact.INPUT))
                .orElseThrow(() -> InversionsResource.missing(id));
        return repeat(job, input, headers);
    }

    private Uni<Response> repeat(Job job, Content input, HttpHeaders headers) {
        return submissions.answer(
                check.again(job, input),
                "POST " + InversionsResource.PATH + "/{id}/rerun",
                Sha256.of(job.id().toString().getBytes(StandardCharsets.US_ASCII)),
                headers);
    }
}
