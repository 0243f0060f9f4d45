package org.saminversion.gateway.dashboard.batches;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.access.Needs;
import org.saminversion.gateway.bundles.Bundles;
import org.saminversion.gateway.bundles.JobMethods;
import org.saminversion.gateway.dashboard.frame.Links;
import org.saminversion.gateway.dashboard.live.LivePages;
import org.saminversion.gateway.dashboard.live.LiveView;
import org.saminversion.gateway.http.Cursor;
import org.saminversion.inversion.method.MethodDescription;
import org.saminversion.model.JobPage;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.Scope;
import org.saminversion.model.batch.Batch;
import org.saminversion.model.batch.BatchStore;

/** All batches, and the upload of another. */
@Path("/dashboard/batches")
public class BatchesPage {
    private static final int BATCHES_ON_PAGE = 50;

    private final BatchStore batches;
    private final Bundles bundles;
    private final CurrentTenant tenant;
    private final LivePages live;

    BatchesPage(BatchStore batches, Bundles bundles, CurrentTenant tenant, LivePages live) {
        this.batches = batches;
        this.bundles = bundles;
        this.tenant = tenant;
        this.live = live;
    }

    @CheckedTemplate(basePath = "dashboard/batches")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance list(Batches list);

        static native TemplateInstance list$table(Batches list);

        static native TemplateInstance upload(List<String> bundles, List<String> methods);
    }

    /**
     * Some batches, newest first.
     *
     * @param after where the list goes on from; empty on the first page
     * @param next where the next page does; empty on the last
     * @param live address of the page's stream
     */
    public record Batches(List<Batch> batches, String after, String next, String live) {}

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> list(@QueryParam("after") Optional<String> after) {
        return read(tenant.get(), after).map(Templates::list);
    }

    @GET
    @Path("live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(@QueryParam("after") Optional<String> after, @Context Sse sse) {
        Tenant owner = tenant.get();
        return live.follow(
                sse,
                () -> read(owner, after).map(list -> LiveView.NOTHING.with("batches", Templates.list$table(list))));
    }

    private Uni<Batches> read(Tenant owner, Optional<String> after) {
        Optional<JobPage.Position> position = after.map(Cursor::read);
        return batches.list(owner, Optional.empty(), position, BATCHES_ON_PAGE)
                .map(page -> new Batches(
                        page.batches(),
                        position.map(Cursor::write).orElse(""),
                        page.next().map(Cursor::write).orElse(""),
                        "/dashboard/batches/live"
                                + Links.query(Map.of(
                                        "after", position.map(Cursor::write).orElse("")))));
    }

    @GET
    @Path("new")
    @Blocking
    @Needs(Scope.SUBMIT)
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance upload() {
        List<String> names = bundles.names();
        return Templates.upload(
                names,
                names.stream()
                        .flatMap(name -> JobMethods.of(bundles.describe(name)).stream())
                        .map(MethodDescription::name)
                        .distinct()
                        .toList());
    }
}
