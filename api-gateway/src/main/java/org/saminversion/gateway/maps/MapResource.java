package org.saminversion.gateway.maps;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.http.JsonFields;
import org.saminversion.gateway.inversions.InversionsResource;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.invertibility.RefinedMap;
import org.saminversion.inversion.invertibility.RefinedMapPicture;
import org.saminversion.model.Content;

/** The invertibility map of an inversion at any threshold, from the errors that were stored. */
@Path(InversionsResource.PATH + "/{id}/map")
public class MapResource {
    private final StoredMaps maps;
    private final CurrentTenant tenant;

    MapResource(StoredMaps maps, CurrentTenant tenant) {
        this.maps = maps;
        this.tenant = tenant;
    }

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The map at a threshold: the space, and the error in every space, of each segment",
            description = "tau is the inversion's own by default. Nothing is optimised.")
    public Uni<MapView> map(@PathParam("id") String id, @QueryParam("tau") Optional<String> tau) {
        return refined(id, tau).map(map -> MapView.of(map, InversionsResource.PATH + "/" + id + "/map"));
    }

    @GET
    @Blocking
    @Path("picture")
    @Produces(Content.PNG)
    @Operation(summary = "The map at a threshold in the colours of its spaces")
    public Uni<byte[]> picture(@PathParam("id") String id, @QueryParam("tau") Optional<String> tau) {
        return refined(id, tau).map(map -> PngWriter.toBytes(RefinedMapPicture.plain(map)));
    }

    @GET
    @Blocking
    @Path("segments")
    @Produces(Content.PNG)
    @Operation(
            summary = "The segment of each pixel, as a picture",
            description =
                    "The label is 65536 red + 256 green + blue. With the errors of the map it gives the map at any"
                            + " threshold without another request: of the spaces, the first whose error is at most tau, or the last.")
    public Uni<byte[]> segments(@PathParam("id") String id) {
        return refined(id, Optional.empty()).map(map -> PngWriter.toBytes(RefinedMapPicture.segments(map)));
    }

    private Uni<RefinedMap> refined(String id, Optional<String> tau) {
        return maps.refined(tenant.get(), InversionsResource.parse(id), JsonFields.number("tau", tau, Double::valueOf));
    }
}
