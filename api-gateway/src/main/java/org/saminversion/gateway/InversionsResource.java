package org.saminversion.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.store.JobStore;

/** Inversions: submit, look at, cancel. */
@Path(InversionsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class InversionsResource {
    static final String PATH = "/v1/inversions";
    static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);
    static final int PAGE_DEFAULT = 50;

    private final RequestReader reader;
    private final SubmissionCheck check;
    private final Callbacks callbacks;
    private final JobStore jobs;
    private final CurrentTenant tenant;

    InversionsResource(
            RequestReader reader, SubmissionCheck check, Callbacks callbacks, JobStore jobs, CurrentTenant tenant) {
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
                    "edits is a JSON array of direction and strength; callback is a URL, or a JSON object with url or"
                            + " endpoint, and events.")
    public Uni<Response> submitForm(
            @RestForm("image") FileUpload image,
            @RestForm String bundle,
            @RestForm String method,
            @RestForm String tau,
            @RestForm String steps,
            @RestForm String seed,
            @RestForm String edits,
            @RestForm String callback)
            throws IOException {
        byte[] bytes = image == null ? new byte[0] : Files.readAllBytes(image.uploadedFile());
        return submit(reader.read(new RequestReader.Form(bytes, bundle, method, tau, steps, seed, edits, callback)));
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Submit an inversion as JSON",
            description = "image is a data URL with base64, or an https URL that is fetched.")
    public Uni<Response> submitJson(String body) throws JsonProcessingException {
        return submit(reader.read(body));
    }

    private Uni<Response> submit(InversionRequest request) {
        Tenant owner = tenant.get();
        Submission submission = check.check(owner, request);
        Uni<Submission> complete = request.callback().isPresent()
                ? callbacks.resolve(owner, request.callback().get()).map(submission::withCallback)
                : Uni.createFrom().item(submission);
        return inTime(complete.chain(jobs::submit))
                .map(job -> Response.accepted(InversionView.summary(job))
                        .location(URI.create(InversionView.self(job)))
                        .build());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "State, progress, losses so far, metrics and artefacts")
    public Uni<InversionView> get(@PathParam("id") String id) {
        return inTime(jobs.details(tenant.get(), parse(id)))
                .map(found -> InversionView.of(found.orElseThrow(() -> missing(id))));
    }

    @GET
    @Operation(summary = "Inversions, newest first")
    public Uni<InversionPage> list(
            @QueryParam("state") Optional<String> state,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        Optional<JobState> wanted = state.map(InversionsResource::state);
        int pageSize = limit.map(InversionsResource::pageSize).orElse(PAGE_DEFAULT);
        Optional<JobPage.Position> position = after.map(Cursor::read);
        return inTime(jobs.list(tenant.get(), wanted, position, pageSize))
                .map(page -> new InversionPage(
                        page.jobs().stream().map(InversionView::summary).toList(),
                        page.next()
                                .map(next -> PATH + "?limit=" + pageSize
                                        + wanted.map(s -> "&state=" + s).orElse("") + "&after="
                                        + Cursor.write(next))));
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
        return inTime(change)
                .map(found -> Response.accepted(InversionView.summary(found.orElseThrow(() -> missing(id))))
                        .build());
    }

    static JobId parse(String id) {
        return JobId.parse(id).orElseThrow(() -> missing(id));
    }

    static NotFoundException missing(String id) {
        return new NotFoundException("There is no inversion " + id + ", or it was deleted after its retention.");
    }

    static <T> Uni<T> inTime(Uni<T> work) {
        return work.ifNoItem().after(STORE_TIMEOUT).fail();
    }

    private static JobState state(String word) {
        return Arrays.stream(JobState.values())
                .filter(state -> state.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new JobFailure.Rejected(
                        "request-malformed",
                        "There is no state " + word + "; there are " + Arrays.toString(JobState.values()) + "."));
    }

    static int pageSize(String text) {
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > JobStore.PAGE_MAX) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "limit must be from 1 to " + JobStore.PAGE_MAX + ", not " + text + ".");
        }
        return Integer.parseInt(text);
    }
}
