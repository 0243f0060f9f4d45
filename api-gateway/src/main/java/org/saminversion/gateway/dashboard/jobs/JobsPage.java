package org.saminversion.gateway.dashboard.jobs;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.bundles.Bundles;
import org.saminversion.gateway.dashboard.frame.Frame;
import org.saminversion.gateway.dashboard.live.LivePages;
import org.saminversion.gateway.dashboard.live.LiveView;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.store.JobStore;

/** Jobs, newest first, as they come and go. */
@Path("/dashboard/jobs")
public class JobsPage {
    static final int PAGE_SIZE = 50;

    private final JobStore jobs;
    private final Thumbnails thumbnails;
    private final Bundles bundles;
    private final CurrentTenant tenant;
    private final Frame frame;
    private final LivePages live;

    JobsPage(JobStore jobs, Thumbnails thumbnails, Bundles bundles, CurrentTenant tenant, Frame frame, LivePages live) {
        this.jobs = jobs;
        this.thumbnails = thumbnails;
        this.bundles = bundles;
        this.tenant = tenant;
        this.frame = frame;
        this.live = live;
    }

    /**
     * @param rows at most {@link #PAGE_SIZE}
     * @param live address of the page's stream
     * @param next address of the next page; empty on the last
     * @param submitter whether whoever looks may start jobs
     */
    public record Jobs(
            JobsQuery query,
            List<JobState> states,
            List<String> bundles,
            List<JobRow> rows,
            String live,
            String next,
            boolean submitter) {}

    @CheckedTemplate(basePath = "dashboard/jobs")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance jobs(Jobs page);

        static native TemplateInstance jobs$row(JobRow row);

        static native TemplateInstance jobs$empty(Jobs page);

        static native TemplateInstance jobs$pages(Jobs page);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<Response> show(@BeanParam JobsQuery query) {
        if (query.job().isPresent()) {
            return Uni.createFrom()
                    .item(Response.seeOther(
                                    URI.create("/dashboard/jobs/" + query.job().get()))
                            .build());
        }
        return page(tenant.get(), query, frame.isSubmitter())
                .map(page -> Response.ok(Templates.jobs(page)).build());
    }

    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@BeanParam JobsQuery query, @Context Sse sse) {
        Tenant owner = tenant.get();
        boolean mayChange = frame.isSubmitter();
        return live.follow(sse, () -> page(owner, query, mayChange).map(JobsPage::view));
    }

    @GET
    @Path("{id}/thumbnails/{artefact}")
    @Produces("image/png")
    public Uni<Response> thumbnail(
            @PathParam("id") String id,
            @PathParam("artefact") String artefact,
            @QueryParam("version") Optional<String> version) {
        JobId job = JobId.parse(id).orElseThrow(NotFoundException::new);
        return thumbnails
                .of(tenant.get(), job, artefact, version.orElse(""))
                .map(found -> Response.ok(found.orElseThrow(NotFoundException::new))
                        // The address names the version of the picture.
                        .header("Cache-Control", "private, max-age=86400, immutable")
                        .build());
    }

    private Uni<Jobs> page(Tenant owner, JobsQuery query, boolean mayChange) {
        return jobs.list(owner, query.filter(), query.position(), PAGE_SIZE)
                .map(page -> new Jobs(
                        query,
                        List.of(JobState.values()),
                        bundles.names(),
                        page.jobs().stream()
                                .map(job -> JobRow.of(job, mayChange))
                                .toList(),
                        "/dashboard/jobs/live" + query.from(query.position()),
                        next(query, page),
                        mayChange));
    }

    private static String next(JobsQuery query, JobPage page) {
        return page.next().map(position -> query.from(Optional.of(position))).orElse("");
    }

    private static LiveView view(Jobs page) {
        return LiveView.NOTHING
                .withRows("rows", page.rows(), JobRow::element, Templates::jobs$row)
                .with("empty", Templates.jobs$empty(page))
                .with("pages", Templates.jobs$pages(page));
    }
}
