package org.saminversion.gateway.dashboard.deliveries;

import jakarta.ws.rs.QueryParam;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.saminversion.gateway.dashboard.frame.Links;
import org.saminversion.gateway.http.Cursor;
import org.saminversion.model.Ids;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.callback.DeliveryFilter;
import org.saminversion.model.callback.DeliveryState;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.callback.Page;

/** Which messages the page lists. Fields that are left empty do not matter, and neither do words that mean nothing. */
public class DeliveriesQuery {
    @QueryParam("state")
    String state;

    @QueryParam("endpoint")
    String endpoint;

    @QueryParam("subject")
    String subject;

    @QueryParam("after")
    String after;

    public String getState() {
        return filter().state().map(DeliveryState::name).orElse("");
    }

    public String getEndpoint() {
        return filter().endpoint().map(EndpointId::toString).orElse("");
    }

    public String getSubject() {
        return filter().subject().map(Object::toString).orElse("");
    }

    /** Whether anything is left out. */
    public boolean isFiltered() {
        return !filter().equals(DeliveryFilter.ALL);
    }

    /** Whether this is not the first page. */
    public boolean isContinued() {
        return position().isPresent();
    }

    /** The query of an address that lists these messages from the first page on. */
    public String getNewest() {
        return from(Optional.empty());
    }

    DeliveryFilter filter() {
        return new DeliveryFilter(
                Links.text(endpoint).flatMap(EndpointId::parse),
                Links.text(subject).flatMap(Ids::parse),
                Links.oneOf(DeliveryState.values(), state));
    }

    Optional<Page.Position> position() {
        return Links.text(after)
                .map(Cursor::read)
                .map(position ->
                        new Page.Position(position.created(), position.id().value()));
    }

    /** The query of an address that lists these messages from a position on. */
    String from(Optional<Page.Position> position) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("state", getState());
        values.put("endpoint", getEndpoint());
        values.put("subject", getSubject());
        values.put(
                "after",
                position.map(at -> Cursor.write(new JobPage.Position(at.created(), new JobId(at.id()))))
                        .orElse(""));
        return Links.query(values);
    }
}
