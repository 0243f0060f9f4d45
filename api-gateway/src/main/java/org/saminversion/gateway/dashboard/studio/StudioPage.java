package org.saminversion.gateway.dashboard.studio;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.access.Needs;
import org.saminversion.gateway.bundles.Bundles;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.inversions.InversionsResource;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.space.SpaceColours;
import org.saminversion.model.Artefact;
import org.saminversion.model.EditRendering;
import org.saminversion.model.Job;
import org.saminversion.model.JobDetails;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.Scope;
import org.saminversion.model.lifecycle.JobState;
import org.saminversion.model.store.EditStore;
import org.saminversion.model.store.JobStore;

/** Edits of a finished job by sliders, and its map at any threshold. */
@Path("/dashboard/jobs/{id}/studio")
@Needs(Scope.SUBMIT)
public class StudioPage {
    private final JobStore jobs;
    private final EditStore edits;
    private final Bundles bundles;
    private final CurrentTenant tenant;
    private final ObjectMapper json;

    StudioPage(JobStore jobs, EditStore edits, Bundles bundles, CurrentTenant tenant, ObjectMapper json) {
        this.jobs = jobs;
        this.edits = edits;
        this.bundles = bundles;
        this.tenant = tenant;
        this.json = json;
    }

    /** @param colour as #rrggbb */
    public record Space(String name, String colour) {
        static Space of(LatentSpace space) {
            return new Space(space.toString(), String.format("#%06x", SpaceColours.of(space)));
        }
    }

    @CheckedTemplate(basePath = "dashboard/studio")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance studio(
                Job job, BundleDescription bundle, List<Space> spaces, boolean hasMap, List<SavedEdit> saved);
    }

    @GET
    @Blocking
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance show(@PathParam("id") String id) {
        Tenant owner = tenant.get();
        JobId job = InversionsResource.parse(id);
        JobDetails details =
                Waiting.forStore(jobs.details(owner, job)).orElseThrow(() -> InversionsResource.missing(id));
        return page(details, Waiting.forStore(edits.list(owner, job, 0, EditStore.PAGE_MAX)));
    }

    private TemplateInstance page(JobDetails details, List<EditRendering> all) {
        Job job = details.job();
        if (job.state() != JobState.SUCCEEDED) {
            throw new JobFailure.Rejected(
                    "inversion-unfinished",
                    "The job " + job.id() + " is " + job.state() + ": only one that has SUCCEEDED can be edited.");
        }
        BundleDescription bundle = bundles.describe(job.settings().bundle());
        boolean hasMap = details.artefacts().stream()
                .anyMatch(artefact -> artefact.name().equals(Artefact.MAP));
        List<SavedEdit> saved = all.stream()
                .filter(edit -> !edit.preview() && edit.state() == EditRendering.State.DONE)
                .map(edit -> SavedEdit.of(edit, bundle.generator().styles(), json))
                .toList();
        return Templates.studio(
                job, bundle, bundle.candidates().stream().map(Space::of).toList(), hasMap, saved);
    }
}
