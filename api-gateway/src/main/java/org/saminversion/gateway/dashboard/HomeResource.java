package org.saminversion.gateway.dashboard;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.saminversion.gateway.access.NeedsNoKey;

/** Whoever only knows the service's address gets to the dashboard. */
@Path("/")
@NeedsNoKey
public class HomeResource {
    @GET
    public Response home() {
        return Response.seeOther(URI.create("/dashboard")).build();
    }
}
