package org.saminversion.gateway.dashboard.batches;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.batches.BatchUploads;
import org.saminversion.gateway.dashboard.frame.Frame;
import org.saminversion.gateway.dashboard.live.LivePages;
import org.saminversion.gateway.dashboard.live.LiveView;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Tenant;
import org.saminversion.model.batch.BatchDetails;
import org.saminversion.model.batch.BatchId;
import org.saminversion.model.batch.BatchStore;
import org.saminversion.model.batch.ResultStore;

/** One batch: how far it is, what went wrong in it, and its items. */
@Path("/dashboard/batches")
public class BatchPage {
    private final BatchStore batches;
    private final ResultStore results;
    private final CurrentTenant tenant;
    private final Frame frame;
    private final LivePages live;

    BatchPage(BatchStore batches, ResultStore results, CurrentTenant tenant, Frame frame, LivePages live) {
        this.batches = batches;
        this.results = results;
        this.tenant = tenant;
        this.frame = frame;
        this.live = live;
    }

    @CheckedTemplate(basePath = "dashboard/batches")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance batch(String liveAddress, Catalogue batch, boolean submitter, ItemsPage page);

        static native TemplateInstance batch$status(Catalogue batch, boolean submitter);

        static native TemplateInstance batch$items(ItemsPage page);
    }

    @GET
    @Path("{id}")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> show(@PathParam("id") String id, @QueryParam("after") Optional<String> after) {
        Tenant owner = tenant.get();
        boolean submitter = frame.isSubmitter();
        BatchId batch = BatchUploads.parse(id);
        long line = after.map(BatchPage::line).orElse(0L);
        String liveAddress = "/dashboard/batches/" + batch + "/live?after=" + line;
        return details(owner, batch)
                .chain(details -> items(owner, batch, line)
                        .map(page -> Templates.batch(liveAddress, new Catalogue(details), submitter, page)));
    }

    @GET
    @Path("{id}/live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> live(
            @PathParam("id") String id, @QueryParam("after") Optional<String> after, @Context Sse sse) {
        Tenant owner = tenant.get();
        // A stream that goes on has no request any more.
        boolean submitter = frame.isSubmitter();
        BatchId batch = BatchUploads.parse(id);
        long line = after.map(BatchPage::line).orElse(0L);
        return live.follow(
                sse,
                () -> details(owner, batch)
                        .chain(details -> items(owner, batch, line)
                                .map(page -> LiveView.NOTHING
                                        .with("status", Templates.batch$status(new Catalogue(details), submitter))
                                        .with("items", Templates.batch$items(page)))));
    }

    private Uni<ItemsPage> items(Tenant owner, BatchId batch, long after) {
        return results.items(owner, batch, after, ItemsPage.SIZE).map(items -> new ItemsPage(batch, after, items));
    }

    private Uni<BatchDetails> details(Tenant owner, BatchId batch) {
        return batches.details(owner, batch)
                .map(found -> found.orElseThrow(() -> BatchUploads.missing(batch.toString())));
    }

    private static long line(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new JobFailure.Rejected("request-malformed", "after must be the number of a line, not " + text + ".");
        }
        return Long.parseLong(text);
    }
}
