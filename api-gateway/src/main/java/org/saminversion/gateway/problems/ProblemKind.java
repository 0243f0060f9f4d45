package org.saminversion.gateway.problems;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The problems that callers can meet, each with a page in docs/problems. The words never change. */
public enum ProblemKind {
    REQUEST_MALFORMED(400, "The request cannot be read"),
    KEY_MISSING(401, "The request needs a key"),
    KEY_INVALID(401, "The key is not valid"),
    SCOPE_MISSING(403, "The key does not permit this"),
    CROSS_ORIGIN(403, "The request comes from a page of another site"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This address does not take that method"),
    NOT_ACCEPTABLE(406, "There is no such representation"),
    JOB_OVER(409, "The job is over"),
    INVERSION_UNFINISHED(409, "The inversion has no such result yet"),
    EDIT_LIMIT_REACHED(409, "The inversion has as many edits as it may"),
    BATCH_STATE_WRONG(409, "The batch is in another state"),
    UPLOAD_OFFSET_WRONG(409, "The part does not begin where the upload ends"),
    BATCH_TOO_LARGE(413, "The catalogue is too large"),
    BATCH_REFUSED(422, "The catalogue was refused"),
    LINE_MALFORMED(422, "The line cannot be read"),
    CUSTOM_ID_INVALID(422, "The customId cannot be taken"),
    ARCHIVE_UNREADABLE(422, "The archive cannot be read"),
    ARCHIVE_ENTRY_INVALID(422, "A file of the archive cannot be taken"),
    ENDPOINT_EXISTS(409, "There is an endpoint with this URL already"),
    ENDPOINT_DISABLED(409, "The endpoint is disabled"),
    IDEMPOTENCY_IN_FLIGHT(409, "The first request with this key is still being answered"),
    RESULT_EXPIRED(410, "The inversion was deleted after its retention"),
    IMAGE_TOO_LARGE(413, "The image is too large"),
    IMAGE_UNSUPPORTED(415, "The image format is not supported"),
    MEDIA_TYPE_UNSUPPORTED(415, "The body's media type is not supported"),
    RANGE_NOT_SATISFIABLE(416, "There are no such bytes"),
    IDEMPOTENCY_MISMATCH(422, "The key belongs to another request"),
    IMAGE_UNREADABLE(422, "The image cannot be read"),
    IMAGE_MISSING(422, "There is no image in the request"),
    PARAMETER_OUT_OF_RANGE(422, "A parameter is out of its range"),
    METHOD_UNKNOWN(422, "The inversion method is not known"),
    METHOD_WITHOUT_ENCODER(422, "The bundle has no encoder for this method"),
    METHOD_NOT_SERVED(422, "The service does not run this method"),
    SETTING_UNKNOWN(422, "The method has no such setting"),
    BUNDLE_UNKNOWN(422, "The model bundle is not known"),
    BUNDLE_INVALID(422, "The model bundle is damaged"),
    DIRECTION_UNKNOWN(422, "The edit direction is not known"),
    STUDY_EMPTY(422, "There is nothing to compare"),
    CALLBACK_URL_REFUSED(422, "Callbacks are not sent to this URL"),
    ENDPOINT_UNKNOWN(422, "The endpoint is not known"),
    ENDPOINTS_TOO_MANY(422, "There are too many endpoints"),
    IMAGE_URL_REFUSED(422, "Images are not fetched from this URL"),
    IMAGE_URL_FAILED(422, "The image could not be fetched"),
    RATE_EXCEEDED(429, "There are too many requests"),
    QUEUE_FULL(429, "Too many jobs are waiting"),
    INTERNAL(500, "We made a mistake"),
    UNAVAILABLE(503, "The service cannot answer right now");

    private final int status;
    private final String title;

    ProblemKind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    /** For people, the same for all problems of this kind. */
    public String title() {
        return title;
    }

    /** For example {@code image-unreadable}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of this word; empty if there is none. */
    public static Optional<ProblemKind> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
