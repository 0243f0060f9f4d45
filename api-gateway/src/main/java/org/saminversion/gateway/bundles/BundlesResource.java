package org.saminversion.gateway.bundles;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.method.MethodDescription;
import org.saminversion.inversion.method.MethodSetting;
import org.saminversion.inversion.space.LatentSpace;

/** The model bundles that inversions can name. */
@Path("/v1/bundles")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class BundlesResource {
    private final Bundles bundles;

    BundlesResource(Bundles bundles) {
        this.bundles = bundles;
    }

    /** What callers need to know of a bundle. */
    public record BundleView(
            String name,
            String version,
            String category,
            String licence,
            String provenance,
            int resolution,
            List<String> methods,
            List<String> candidateSpaces,
            double defaultTau,
            int defaultSteps,
            List<DirectionView> directions) {}

    /** @param usefulFrom the strengths between which the direction is sensible */
    public record DirectionView(String name, double usefulFrom, double usefulTo) {}

    @GET
    @Operation(summary = "All bundles, with their methods, defaults and edit directions")
    public List<BundleView> list() {
        return bundles.names().stream()
                .map(name -> view(bundles.describe(name)))
                .toList();
    }

    @GET
    @Path("{name}")
    @Operation(summary = "One bundle")
    public BundleView get(@PathParam("name") String name) {
        return view(find(name));
    }

    /** @param steps that are taken if nothing is said */
    public record MethodView(String name, String summary, int steps, boolean needsMap, List<MethodSetting> settings) {}

    @GET
    @Path("{name}/methods")
    @Operation(
            summary = "The methods of a bundle, and what may be chosen about each",
            description = "settings are those that an inversion can name, with the usual value and the range of each.")
    public List<MethodView> methods(@PathParam("name") String name) {
        BundleDescription bundle = find(name);
        return JobMethods.of(bundle).stream()
                .map(method -> new MethodView(
                        method.name(),
                        method.summary(),
                        method.usualSteps(bundle),
                        method.needsMap(),
                        method.settings()))
                .toList();
    }

    private BundleDescription find(String name) {
        if (!bundles.names().contains(name)) {
            throw new NotFoundException("There is no bundle \"" + name + "\"; known are " + bundles.names() + ".");
        }
        return bundles.describe(name);
    }

    private static BundleView view(BundleDescription bundle) {
        return new BundleView(
                bundle.name(),
                bundle.version(),
                bundle.category(),
                bundle.licence(),
                bundle.provenance(),
                bundle.generator().resolution(),
                JobMethods.of(bundle).stream().map(MethodDescription::name).toList(),
                bundle.candidates().stream().map(LatentSpace::toString).toList(),
                bundle.defaultTau(),
                bundle.defaultSteps(),
                bundle.directions().stream()
                        .map(each -> new DirectionView(each.name(), each.usefulFrom(), each.usefulTo()))
                        .toList());
    }
}
