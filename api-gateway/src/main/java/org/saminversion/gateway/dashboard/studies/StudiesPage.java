package org.saminversion.gateway.dashboard.studies;

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
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.dashboard.live.LivePages;
import org.saminversion.gateway.dashboard.live.LiveView;
import org.saminversion.gateway.studies.Studies;
import org.saminversion.model.Tenant;
import org.saminversion.model.study.ComparedPhotograph;
import org.saminversion.model.study.ComparisonStore;
import org.saminversion.model.study.ContenderCount;
import org.saminversion.model.study.Study;
import org.saminversion.model.study.StudyStore;

/** All studies, the result of one, and the ballots of a rater. */
@Path("/dashboard/studies")
public class StudiesPage {
    private final StudyStore store;
    private final Studies studies;
    private final ComparisonStore comparisons;
    private final CurrentTenant tenant;
    private final LivePages live;

    StudiesPage(StudyStore store, Studies studies, ComparisonStore comparisons, CurrentTenant tenant, LivePages live) {
        this.store = store;
        this.studies = studies;
        this.comparisons = comparisons;
        this.tenant = tenant;
        this.live = live;
    }

    @CheckedTemplate(basePath = "dashboard/studies")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance list(
                List<Study> studies, List<ContenderCount> contenders, List<ComparedPhotograph> photographs);

        static native TemplateInstance study(String liveAddress, Study study, Outcome outcome);

        static native TemplateInstance study$result(Study study, Outcome outcome);

        static native TemplateInstance rate(Study study);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> list() {
        Tenant owner = tenant.get();
        return Uni.combine()
                .all()
                .unis(store.list(owner), comparisons.contenders(owner), comparisons.photographs(owner))
                .with(Templates::list);
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> study(@PathParam("id") String id) {
        return outcome(tenant.get(), id)
                .map(outcome -> Templates.study("/dashboard/studies/" + id + "/live", outcome.study(), outcome));
    }

    @GET
    @Path("{id}/live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@PathParam("id") String id, @Context Sse sse) {
        Tenant owner = tenant.get();
        return live.follow(
                sse,
                () -> outcome(owner, id)
                        .map(outcome ->
                                LiveView.NOTHING.with("result", Templates.study$result(outcome.study(), outcome))));
    }

    @GET
    @Path("{id}/rate")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> rate(@PathParam("id") String id) {
        return studies.find(tenant.get(), id).map(Templates::rate);
    }

    private Uni<Outcome> outcome(Tenant owner, String id) {
        return studies.find(owner, id)
                .chain(study -> studies.preference(owner, study).map(preference -> new Outcome(study, preference)));
    }
}
