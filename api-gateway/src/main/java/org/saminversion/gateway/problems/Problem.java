package org.saminversion.gateway.problems;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * An RFC 9457 problem.
 *
 * @param type names a page in docs/problems
 * @param kind the last part of the type: the word that programs compare
 * @param detail what was wrong with this request, and what to do
 */
public record Problem(String type, String kind, String title, int status, String detail) {
    public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    /** @param detail what was wrong with this request, and what to do */
    public static Problem of(ProblemKind kind, String detail) {
        return new Problem(typeOf(kind.word()), kind.word(), kind.title(), kind.status(), detail);
    }

    /** A relative reference, as RFC 9457 allows: the service does not know the address that its documents have. */
    public static String typeOf(String kind) {
        return "/docs/problems/" + kind;
    }

    /** The whole answer; passing trouble tells when to try again. */
    public Response toResponse() {
        Response.ResponseBuilder response =
                Response.status(status).type(MEDIA_TYPE).entity(this);
        if (status == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            response.header("Retry-After", 5);
        }
        return response.build();
    }
}
