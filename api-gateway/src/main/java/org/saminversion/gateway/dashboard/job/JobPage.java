package org.saminversion.gateway.dashboard.job;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.dashboard.frame.Frame;
import org.saminversion.gateway.dashboard.live.LivePages;
import org.saminversion.gateway.dashboard.live.LiveView;
import org.saminversion.gateway.inversions.MissingInversion;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.callback.DeliveryFilter;
import org.saminversion.model.callback.DeliveryStore;
import org.saminversion.model.store.JobStore;
import org.saminversion.model.view.JobTimeline;

/** Everything about one job, while it is worked on and after. */
@Path("/dashboard/jobs")
public class JobPage {
    private static final int DELIVERIES_MAX = 20;

    private final JobStore jobs;
    private final JobTimeline timeline;
    private final DeliveryStore deliveries;
    private final JobPictures pictures;
    private final CurrentTenant tenant;
    private final Frame frame;
    private final LivePages live;

    JobPage(
            JobStore jobs,
            JobTimeline timeline,
            DeliveryStore deliveries,
            JobPictures pictures,
            CurrentTenant tenant,
            Frame frame,
            LivePages live) {
        this.jobs = jobs;
        this.timeline = timeline;
        this.deliveries = deliveries;
        this.pictures = pictures;
        this.tenant = tenant;
        this.frame = frame;
        this.live = live;
    }

    @CheckedTemplate(basePath = "dashboard/job")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance job(JobView view, String live);

        static native TemplateInstance job$summary(JobView view);

        static native TemplateInstance job$pictures(JobView view);

        static native TemplateInstance job$losses(JobView view);

        static native TemplateInstance job$map(JobView view);

        static native TemplateInstance job$timeline(JobView view);

        static native TemplateInstance job$downloads(JobView view);

        static native TemplateInstance job$callbacks(JobView view);

        static native TemplateInstance job$facts(JobView view);
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> show(@PathParam("id") String id) {
        return view(tenant.get(), parse(id), frame.isSubmitter())
                .map(found -> Templates.job(
                        found.orElseThrow(() -> new MissingInversion(id)), "/dashboard/jobs/" + id + "/live"));
    }

    @GET
    @Path("{id}/live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@PathParam("id") String id, @Context Sse sse) {
        Tenant owner = tenant.get();
        JobId job = parse(id);
        boolean mayChange = frame.isSubmitter();
        return live.follow(
                sse,
                () -> view(owner, job, mayChange)
                        .map(found -> found.map(JobPage::fragments).orElseThrow(() -> new MissingInversion(id))));
    }

    @GET
    @Path("{id}/fitted")
    @Produces("image/png")
    public Uni<Response> fitted(@PathParam("id") String id) {
        return pictures.fitted(tenant.get(), parse(id)).map(JobPage::png);
    }

    @GET
    @Path("{id}/errors/{space}")
    @Produces("image/png")
    public Uni<Response> errors(@PathParam("id") String id, @PathParam("space") String space) {
        return pictures.errors(tenant.get(), parse(id), space).map(JobPage::png);
    }

    private static Response png(byte[] bytes) {
        return Response.ok(bytes)
                .header("Cache-Control", "private, max-age=86400")
                .build();
    }

    private Uni<Optional<JobView>> view(Tenant owner, JobId job, boolean mayChange) {
        return Uni.combine()
                .all()
                .unis(
                        jobs.details(owner, job),
                        timeline.read(owner, job),
                        deliveries.list(
                                owner,
                                new DeliveryFilter(Optional.empty(), Optional.of(job.value()), Optional.empty()),
                                Optional.empty(),
                                DELIVERIES_MAX))
                .asTuple()
                .map(parts -> parts.getItem1()
                        .map(details -> JobView.of(
                                details, parts.getItem2(), parts.getItem3().items(), mayChange)));
    }

    private static LiveView fragments(JobView view) {
        return LiveView.NOTHING
                .with("summary", Templates.job$summary(view))
                .with("pictures", Templates.job$pictures(view))
                .with("losses", Templates.job$losses(view))
                .with("map", Templates.job$map(view))
                .with("timeline", Templates.job$timeline(view))
                .with("downloads", Templates.job$downloads(view))
                .with("callbacks", Templates.job$callbacks(view))
                .with("facts", Templates.job$facts(view));
    }

    private static JobId parse(String id) {
        return JobId.parse(id).orElseThrow(() -> new MissingInversion(id));
    }
}
