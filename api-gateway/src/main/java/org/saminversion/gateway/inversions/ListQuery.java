package org.saminversion.gateway.inversions;

import jakarta.ws.rs.QueryParam;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.saminversion.gateway.http.Cursor;
import org.saminversion.gateway.http.ListPage;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.JobFilter;
import org.saminversion.model.JobPage;
import org.saminversion.model.lifecycle.JobState;

/** Which inversions a list shows, and where it goes on. */
public class ListQuery {
    @QueryParam("state")
    Optional<String> state;

    @QueryParam("bundle")
    Optional<String> bundle;

    @QueryParam("method")
    Optional<String> method;

    @QueryParam("customId")
    Optional<String> customId;

    @QueryParam("failure")
    @Parameter(description = "Why it failed, such as attempts-exhausted")
    Optional<String> failure;

    @QueryParam("createdFrom")
    @Parameter(description = "The earliest creation, such as 2026-11-25T09:00:00Z")
    Optional<String> createdFrom;

    @QueryParam("createdBefore")
    @Parameter(description = "Creations before this")
    Optional<String> createdBefore;

    @QueryParam("limit")
    Optional<String> limit;

    @QueryParam("after")
    @Parameter(description = "From the link named next")
    Optional<String> after;

    JobFilter filter() {
        return new JobFilter(
                state.map(ListQuery::state),
                bundle,
                method,
                customId,
                failure,
                createdFrom.map(text -> instant("createdFrom", text)),
                createdBefore.map(text -> instant("createdBefore", text)));
    }

    Optional<JobPage.Position> position() {
        return after.map(Cursor::read);
    }

    int pageSize() {
        return ListPage.size(limit);
    }

    /** The address of the page after this position, with the same filter. */
    String next(JobPage.Position position) {
        StringBuilder link = new StringBuilder(InversionsResource.PATH + "?limit=" + pageSize());
        add(link, "state", state);
        add(link, "bundle", bundle);
        add(link, "method", method);
        add(link, "customId", customId);
        add(link, "failure", failure);
        add(link, "createdFrom", createdFrom);
        add(link, "createdBefore", createdBefore);
        return link.append("&after=").append(Cursor.write(position)).toString();
    }

    private static void add(StringBuilder link, String name, Optional<String> value) {
        value.ifPresent(text ->
                link.append('&').append(name).append('=').append(URLEncoder.encode(text, StandardCharsets.UTF_8)));
    }

    private static JobState state(String word) {
        return Arrays.stream(JobState.values())
                .filter(state -> state.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new JobFailure.Rejected(
                        "request-malformed",
                        "There is no state " + word + "; there are " + Arrays.toString(JobState.values()) + "."));
    }

    private static Instant instant(String name, String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            throw new JobFailure.Rejected(
                    "request-malformed", name + " must be a time such as 2026-11-25T09:00:00Z, not " + text + ".", e);
        }
        throw new JobFailure.Rejected("request-malformed", name + " must be in the years 1 to 9999, not " + text + ".");
    }
}
