package org.saminversion.gateway.dashboard.compare;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.bundles.Bundles;
import org.saminversion.gateway.bundles.JobMethods;
import org.saminversion.gateway.dashboard.frame.Frame;
import org.saminversion.gateway.dashboard.live.LivePages;
import org.saminversion.gateway.dashboard.live.LiveView;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.inversion.method.MethodDescription;
import org.saminversion.model.Tenant;
import org.saminversion.model.study.ComparedPhotograph;
import org.saminversion.model.study.ComparisonStore;

/** Inversions of one photograph side by side, and which photographs have several. */
@Path("/dashboard/compare")
public class ComparePage {
    private final ComparisonStore comparisons;
    private final Bundles bundles;
    private final CurrentTenant tenant;
    private final Frame frame;
    private final LivePages live;

    ComparePage(ComparisonStore comparisons, Bundles bundles, CurrentTenant tenant, Frame frame, LivePages live) {
        this.comparisons = comparisons;
        this.bundles = bundles;
        this.tenant = tenant;
        this.frame = frame;
        this.live = live;
    }

    @CheckedTemplate(basePath = "dashboard/compare")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance photographs(List<ComparedPhotograph> photographs);

        static native TemplateInstance photograph(
                String liveAddress, List<Candidate> candidates, List<MethodDescription> methods, boolean submitter);

        static native TemplateInstance photograph$grid(List<Candidate> candidates, boolean submitter);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> photographs() {
        return comparisons.photographs(tenant.get()).map(Templates::photographs);
    }

    @GET
    @Path("{sha256}")
    @Produces(MediaType.TEXT_HTML)
    @Blocking
    public TemplateInstance photograph(@PathParam("sha256") String sha256) {
        List<Candidate> candidates = Waiting.forStore(candidates(tenant.get(), sha256));
        if (candidates.isEmpty()) {
            throw new NotFoundException("No inversion of the photograph " + sha256 + " has succeeded.");
        }
        return Templates.photograph(
                "/dashboard/compare/" + sha256 + "/live",
                candidates,
                JobMethods.of(bundles.describe(candidates.get(0).job().bundle())),
                frame.isSubmitter());
    }

    @GET
    @Path("{sha256}/live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@PathParam("sha256") String sha256, @Context Sse sse) {
        Tenant owner = tenant.get();
        boolean submitter = frame.isSubmitter();
        return live.follow(
                sse,
                () -> candidates(owner, sha256)
                        .map(candidates ->
                                LiveView.NOTHING.with("grid", Templates.photograph$grid(candidates, submitter))));
    }

    private Uni<List<Candidate>> candidates(Tenant owner, String sha256) {
        return comparisons.inversions(owner, sha256).map(Candidate::of);
    }
}
