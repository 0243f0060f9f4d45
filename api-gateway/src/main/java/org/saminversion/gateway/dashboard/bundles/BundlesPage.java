package org.saminversion.gateway.dashboard.bundles;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.bundles.Bundles;
import org.saminversion.gateway.dashboard.jobs.JobRow;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.model.JobFilter;
import org.saminversion.model.JobPage;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.store.JobStore;
import org.saminversion.model.view.MeasuredQuality;
import org.saminversion.model.view.MeasuredQuality.MethodQuality;

/** The bundles: what they hold, and how well the tenant's latest jobs with them came out. */
@Path("/dashboard/bundles")
@Produces(MediaType.TEXT_HTML)
public class BundlesPage {
    private static final int SAMPLES_MAX = 12;

    private final Bundles bundles;
    private final MeasuredQuality quality;
    private final JobStore jobs;
    private final CurrentTenant tenant;

    BundlesPage(Bundles bundles, MeasuredQuality quality, JobStore jobs, CurrentTenant tenant) {
        this.bundles = bundles;
        this.quality = quality;
        this.jobs = jobs;
        this.tenant = tenant;
    }

    @CheckedTemplate(basePath = "dashboard/bundles")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance bundles(List<BundleCard> bundles);

        static native TemplateInstance bundle(BundleCard card);
    }

    // Checking a bundle for the first time reads all of its weights.
    @GET
    @Blocking
    public Uni<TemplateInstance> show() {
        List<BundleDescription> known =
                bundles.names().stream().map(bundles::describe).toList();
        return quality.read(tenant.get())
                .map(measured -> Templates.bundles(known.stream()
                        .map(bundle -> BundleCard.of(bundle, measured, List.of()))
                        .toList()));
    }

    @GET
    @Blocking
    @Path("{name}")
    public Uni<TemplateInstance> one(@PathParam("name") String name) {
        if (!bundles.names().contains(name)) {
            throw new NotFoundException("There is no bundle " + name + "; known are " + bundles.names() + ".");
        }
        BundleDescription bundle = bundles.describe(name);
        Tenant owner = tenant.get();
        JobFilter succeeded = new JobFilter(
                Optional.of(JobState.SUCCEEDED),
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Uni.combine()
                .all()
                .unis(quality.read(owner), jobs.list(owner, succeeded, Optional.empty(), SAMPLES_MAX))
                .asTuple()
                .map(found -> card(bundle, found.getItem1(), found.getItem2()))
                .map(Templates::bundle);
    }

    private static BundleCard card(BundleDescription bundle, List<MethodQuality> measured, JobPage latest) {
        return BundleCard.of(
                bundle,
                measured,
                latest.jobs().stream().map(job -> JobRow.of(job, false)).toList());
    }
}
