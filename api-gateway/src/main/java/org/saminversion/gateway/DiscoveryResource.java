package org.saminversion.gateway;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.saminversion.gateway.access.NeedsNoKey;
import org.saminversion.gateway.inversions.InversionsResource;
import org.saminversion.gateway.studies.StudiesResource;

/** Where everything is, for programs and people that know only the service's address. */
@OpenAPIDefinition(
        info = @Info(title = DiscoveryResource.TITLE, version = DiscoveryResource.VERSION),
        security = @SecurityRequirement(name = "key"))
@SecurityScheme(
        securitySchemeName = "key",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "An API key, sam_...; not needed where the service only listens on a loopback address.")
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@NeedsNoKey
public class DiscoveryResource {
    static final String TITLE = "SAM inversion";
    static final String VERSION = "1";

    /** @param links addresses by what is there; parts in braces are to be filled in */
    public record Discovery(String service, String version, Map<String, String> links) {}

    @GET
    @Operation(summary = "Where everything is")
    public Discovery discover() {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("inversions", InversionsResource.PATH);
        links.put("inversion", InversionsResource.PATH + "/{id}");
        links.put("events", InversionsResource.PATH + "/{id}/events");
        links.put("artefact", InversionsResource.PATH + "/{id}/artefacts/{name}");
        links.put("studies", StudiesResource.PATH);
        links.put("bundles", "/v1/bundles");
        links.put("description", "/openapi");
        links.put("health", "/q/health");
        return new Discovery(TITLE, VERSION, links);
    }
}
