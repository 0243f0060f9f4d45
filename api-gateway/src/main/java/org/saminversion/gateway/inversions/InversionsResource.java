package org.saminversion.gateway.inversions;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.callbacks.Callbacks;
import org.saminversion.gateway.events.JobWait;
import org.saminversion.gateway.http.ListPage;
import org.saminversion.gateway.http.WaitPreference;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.submissions.InversionRequest;
import org.saminversion.gateway.submissions.RequestReader;
import org.saminversion.gateway.submissions.SubmissionCheck;
import org.saminversion.model.Job;
import org.saminversion.model.JobDetails;
import org.saminversion.model.JobId;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.JobStore;

/** Inversions: submit, look at, cancel. */
@Path(InversionsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class InversionsResource {
    public static final String PATH = "/v1/inversions";

    private final RequestReader reader;
    private final SubmissionCheck check;
    private final Callbacks callbacks;
    private final SubmissionAnswers submissions;
    private final JobWait waits;
    private final JobStore jobs;
    private final CurrentTenant tenant;

    InversionsResource(
            RequestReader reader,
            SubmissionCheck check,
            Callbacks callbacks,
            SubmissionAnswers submissions,
            JobWait waits,
            JobStore jobs,
            CurrentTenant tenant) {
        this.submissions = submissions;
        this.waits = waits;
        this.reader = reader;
        this.check = check;
        this.callbacks = callbacks;
        this.jobs = jobs;
        this.tenant = tenant;
    }

    @POST
    @Blocking
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Submit an inversion as a form",
            description =
                    "edits is a JSON array of direction and strength; settings is a JSON object of names and numbers;"
                            + " callback is a URL, or a JSON object with url or endpoint, and events.")
    public Uni<Response> submitForm(
            @RestForm("image") FileUpload image,
            @RestForm String bundle,
            @RestForm String method,
            @RestForm String tau,
            @RestForm String steps,
            @RestForm String seed,
            @RestForm String optimizer,
            @RestForm String settings,
            @RestForm String edits,
            @RestForm String customId,
            @RestForm String callback,
            @Context HttpHeaders headers)
            throws IOException {
        byte[] bytes = image == null ? new byte[0] : Files.readAllBytes(image.uploadedFile());
        RequestReader.Form form = new RequestReader.Form(
                bytes, bundle, method, tau, steps, seed, optimizer, settings, edits, customId, callback);
        return submit(reader.read(form), headers);
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Submit an inversion as JSON",
            description = "image is a data URL with base64, or an https URL that is fetched.")
    public Uni<Response> submitJson(String body, @Context HttpHeaders headers) throws JsonProcessingException {
        return submit(reader.read(body), headers);
    }

    private Uni<Response> submit(InversionRequest request, HttpHeaders headers) {
        Tenant owner = tenant.get();
        Submission submission = check.check(owner, request);
        Uni<Submission> complete = request.callback().isPresent()
                ? Waiting.inTime(callbacks.resolve(owner, request.callback().get()))
                        .map(submission::withCallback)
                : Uni.createFrom().item(submission);
        return complete.chain(whole -> submissions.answer(whole, "POST " + PATH, request.sha256(), headers));
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "State, progress, losses so far, metrics and artefacts",
            description = "Prefer: wait=n answers when the inversion is over, or after n seconds, at most 60.")
    public Uni<Response> get(
            @PathParam("id") String id, @HeaderParam("Prefer") Optional<String> prefer, @Context Request request) {
        Duration patience = WaitPreference.read(prefer, Duration.ZERO);
        return waits.untilOver(tenant.get(), parse(id), patience).map(found -> {
            JobDetails details = found.orElseThrow(() -> missing(id));
            EntityTag tag = InversionView.tag(details.job());
            Response.ResponseBuilder response = Optional.ofNullable(request.evaluatePreconditions(tag))
                    .orElseGet(() -> Response.ok(InversionView.of(details)));
            WaitPreference.applied(prefer).ifPresent(applied -> response.header("Preference-Applied", applied));
            return response.tag(tag).build();
        });
    }

    @GET
    @Operation(summary = "Inversions, newest first")
    public Uni<ListPage<InversionView>> list(@BeanParam ListQuery query) {
        return Waiting.inTime(jobs.list(tenant.get(), query.filter(), query.position(), query.pageSize()))
                .map(page -> new ListPage<>(
                        page.jobs().stream().map(InversionView::summary).toList(),
                        page.next().map(query::next)));
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Cancel, queued or running")
    public Uni<Response> delete(@PathParam("id") String id) {
        return cancel(id);
    }

    @POST
    @Path("{id}/cancel")
    @Operation(summary = "Cancel, queued or running")
    public Uni<Response> cancel(@PathParam("id") String id) {
        return accepted(id, jobs.cancel(tenant.get(), parse(id)));
    }

    @POST
    @Path("{id}/replay")
    @Operation(summary = "Give a failed inversion another try")
    public Uni<Response> replay(@PathParam("id") String id) {
        return accepted(id, jobs.replay(tenant.get(), parse(id)));
    }

    private static Uni<Response> accepted(String id, Uni<Optional<Job>> change) {
        return Waiting.inTime(change)
                .map(found -> Response.accepted(InversionView.summary(found.orElseThrow(() -> missing(id))))
                        .build());
    }

    /** @throws NotFoundException if the text is no id */
    public static JobId parse(String id) {
        return JobId.parse(id).orElseThrow(() -> missing(id));
    }

    /** Answers 404, or 410 if there was such an inversion. */
    public static NotFoundException missing(String id) {
        return new MissingInversion(id);
    }
}
