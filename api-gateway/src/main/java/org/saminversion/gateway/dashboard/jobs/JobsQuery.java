package org.saminversion.gateway.dashboard.jobs;

import jakarta.ws.rs.QueryParam;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.saminversion.gateway.Cursor;
import org.saminversion.model.JobFilter;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.lifecycle.JobState;

/** Which jobs the page lists. Fields that are left empty do not matter, and neither do words that mean nothing. */
public class JobsQuery {
    @QueryParam("search")
    String search;

    @QueryParam("state")
    String state;

    @QueryParam("bundle")
    String bundle;

    @QueryParam("method")
    String method;

    @QueryParam("after")
    String after;

    public String getSearch() {
        return text(search).orElse("");
    }

    public String getState() {
        return wantedState().map(JobState::name).orElse("");
    }

    public String getBundle() {
        return text(bundle).orElse("");
    }

    public String getMethod() {
        return text(method).orElse("");
    }

    /** Whether anything is left out. */
    public boolean isFiltered() {
        return !filter().equals(JobFilter.ALL);
    }

    /** Whether this is not the first page. */
    public boolean isContinued() {
        return position().isPresent();
    }

    /** The one job that is looked for, if the search is an id. */
    Optional<JobId> job() {
        return text(search).flatMap(JobId::parse);
    }

    JobFilter filter() {
        return new JobFilter(
                wantedState(),
                text(bundle),
                text(method),
                text(search),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Optional<JobPage.Position> position() {
        return text(after).map(Cursor::read);
    }

    /** The query of an address that lists these jobs from a position on. */
    String from(Optional<JobPage.Position> position) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("search", getSearch());
        values.put("state", getState());
        values.put("bundle", getBundle());
        values.put("method", getMethod());
        values.put("after", position.map(Cursor::write).orElse(""));
        return values.entrySet().stream()
                .filter(value -> !value.getValue().isEmpty())
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    private Optional<JobState> wantedState() {
        return text(state)
                .flatMap(word -> Arrays.stream(JobState.values())
                        .filter(known -> known.name().equalsIgnoreCase(word))
                        .findFirst());
    }

    private static Optional<String> text(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }
}
