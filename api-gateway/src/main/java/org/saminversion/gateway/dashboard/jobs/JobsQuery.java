package org.saminversion.gateway.dashboard.jobs;

import jakarta.ws.rs.QueryParam;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.saminversion.gateway.dashboard.frame.Links;
import org.saminversion.gateway.http.Cursor;
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

    @QueryParam("failure")
    String failure;

    @QueryParam("after")
    String after;

    public String getSearch() {
        return Links.text(search).orElse("");
    }

    public String getState() {
        return wantedState().map(JobState::name).orElse("");
    }

    public String getBundle() {
        return Links.text(bundle).orElse("");
    }

    public String getMethod() {
        return Links.text(method).orElse("");
    }

    public String getFailure() {
        return Links.text(failure).orElse("");
    }

    /** Whether anything is left out. */
    public boolean isFiltered() {
        return !filter().equals(JobFilter.ALL);
    }

    /** Whether this is not the first page. */
    public boolean isContinued() {
        return position().isPresent();
    }

    /** The query of an address that lists these jobs from the first page on. */
    public String getNewest() {
        return from(Optional.empty());
    }

    /** The one job that is looked for, if the search is an id. */
    Optional<JobId> job() {
        return Links.text(search).flatMap(JobId::parse);
    }

    JobFilter filter() {
        return new JobFilter(
                wantedState(),
                Links.text(bundle),
                Links.text(method),
                Links.text(search),
                Links.text(failure),
                Optional.empty(),
                Optional.empty());
    }

    Optional<JobPage.Position> position() {
        return Links.text(after).map(Cursor::read);
    }

    /** The query of an address that lists these jobs from a position on. */
    String from(Optional<JobPage.Position> position) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("search", getSearch());
        values.put("state", getState());
        values.put("bundle", getBundle());
        values.put("method", getMethod());
        values.put("failure", getFailure());
        values.put("after", position.map(Cursor::write).orElse(""));
        return Links.query(values);
    }

    private Optional<JobState> wantedState() {
        return Links.oneOf(JobState.values(), state);
    }
}
