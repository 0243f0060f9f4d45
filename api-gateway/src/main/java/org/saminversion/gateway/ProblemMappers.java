package org.saminversion.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser.MalformedMessageException;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.inversions.MissingInversion;
import org.saminversion.gateway.problems.Problem;
import org.saminversion.gateway.problems.ProblemFailure;
import org.saminversion.gateway.problems.ProblemKind;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.JobId;
import org.saminversion.model.batch.IllegalBatchTransition;
import org.saminversion.model.batch.WrongOffset;
import org.saminversion.model.lifecycle.IllegalTransition;
import org.saminversion.model.store.JobStore;
import org.saminversion.model.store.QueueFull;
import org.saminversion.model.store.SqlTrouble;

/** Turns every failure of a request into a problem that the caller can understand. */
class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private static final int QUEUE_RETRY_SECONDS = 10;

    private final JobStore jobs;
    private final CurrentTenant tenant;

    ProblemMappers(JobStore jobs, CurrentTenant tenant) {
        this.jobs = jobs;
        this.tenant = tenant;
    }

    @ServerExceptionMapper
    Response refused(ProblemFailure failure) {
        Response problem = Problem.of(failure.kind(), failure.getMessage()).toResponse();
        failure.headers().forEach(problem.getHeaders()::putSingle);
        return problem;
    }

    @ServerExceptionMapper
    Uni<Response> missing(MissingInversion failure) {
        Uni<Boolean> expired = JobId.parse(failure.id())
                .map(id -> jobs.isExpired(tenant.get(), id))
                .orElse(Uni.createFrom().item(false));
        return expired.map(gone -> gone
                        ? Problem.of(
                                ProblemKind.RESULT_EXPIRED,
                                "The inversion " + failure.id() + " was deleted after its retention; submit it again.")
                        : Problem.of(ProblemKind.NOT_FOUND, failure.getMessage()))
                .map(Problem::toResponse)
                .onFailure()
                .recoverWithItem(this::failed);
    }

    @ServerExceptionMapper
    Response full(QueueFull failure) {
        Response problem =
                Problem.of(ProblemKind.QUEUE_FULL, failure.getMessage()).toResponse();
        problem.getHeaders().putSingle("Retry-After", QUEUE_RETRY_SECONDS);
        return problem;
    }

    @ServerExceptionMapper
    Response rejected(JobFailure.Rejected failure) {
        ProblemKind kind = ProblemKind.ofWord(failure.kind()).orElse(ProblemKind.PARAMETER_OUT_OF_RANGE);
        return Problem.of(kind, failure.getMessage()).toResponse();
    }

    @ServerExceptionMapper
    Response tooLate(IllegalTransition failure) {
        return Problem.of(
                        ProblemKind.JOB_OVER,
                        "The job is " + failure.state() + " already; this can no longer be done to it.")
                .toResponse();
    }

    @ServerExceptionMapper
    Response wrongState(IllegalBatchTransition failure) {
        return Problem.of(
                        ProblemKind.BATCH_STATE_WRONG,
                        "The batch is " + failure.state() + "; this cannot be done to it now.")
                .toResponse();
    }

    @ServerExceptionMapper
    Response wrongOffset(WrongOffset failure) {
        return Response.fromResponse(Problem.of(
                                ProblemKind.UPLOAD_OFFSET_WRONG, "The part is refused: " + failure.getMessage() + ".")
                        .toResponse())
                .header("Upload-Offset", failure.expected())
                .build();
    }

    @ServerExceptionMapper
    Response malformed(JsonProcessingException failure) {
        return Problem.of(ProblemKind.REQUEST_MALFORMED, "The JSON is wrong: " + failure.getOriginalMessage())
                .toResponse();
    }

    @ServerExceptionMapper
    Response malformed(MalformedMessageException failure) {
        return Problem.of(
                        ProblemKind.REQUEST_MALFORMED, "The form is not multipart/form-data as RFC 7578 describes it.")
                .toResponse();
    }

    /** Readers of bodies throw the class itself; trouble of networks and files has classes of its own. */
    @ServerExceptionMapper
    Response cut(IOException failure) {
        return failure.getClass() == IOException.class
                ? Problem.of(
                                ProblemKind.REQUEST_MALFORMED,
                                "The body ends before it is complete, or is not what its Content-Type says: "
                                        + failure.getMessage())
                        .toResponse()
                : failed(failure);
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        ProblemKind kind = switch (status) {
            case 404 -> ProblemKind.NOT_FOUND;
            case 405 -> ProblemKind.METHOD_NOT_ALLOWED;
            case 406 -> ProblemKind.NOT_ACCEPTABLE;
            case 413 -> ProblemKind.IMAGE_TOO_LARGE;
            case 415 -> ProblemKind.MEDIA_TYPE_UNSUPPORTED;
            default -> status < 500 ? ProblemKind.REQUEST_MALFORMED : ProblemKind.INTERNAL;
        };
        String detail = failure.getMessage() == null ? kind.title() : failure.getMessage();
        return Problem.of(kind, detail).toResponse();
    }

    @ServerExceptionMapper
    Response failed(Throwable failure) {
        return answerTo(failure);
    }

    /** Tells trouble that passes from a wrong request and from a mistake of ours. */
    static Response answerTo(Throwable failure) {
        if (causes(failure).anyMatch(ProblemMappers::isPassing)) {
            LOG.warnf("A request was refused because the database or the broker does not answer: %s", failure);
            return Problem.of(
                            ProblemKind.UNAVAILABLE,
                            "The database does not answer. It is not certain whether a submission was stored: list the"
                                    + " inversions before you send it again.")
                    .toResponse();
        }
        if (causes(failure).anyMatch(SqlTrouble::isUnstorable)) {
            return Problem.of(
                            ProblemKind.REQUEST_MALFORMED,
                            "The request has a text with characters that cannot be stored, such as NUL.")
                    .toResponse();
        }
        LOG.error("A request failed", failure);
        return Problem.of(ProblemKind.INTERNAL, "This is a mistake of ours; the log of the service tells more.")
                .toResponse();
    }

    private static boolean isPassing(Throwable cause) {
        return SqlTrouble.passes(cause)
                || cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof io.smallrye.mutiny.TimeoutException
                || cause instanceof VertxException
                || cause instanceof JobFailure.Transient;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
