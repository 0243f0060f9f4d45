package org.saminversion.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.callback.Page;

/** @param next where the next page is; absent on the last */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ListPage<V>(List<V> items, Optional<String> next) {
    /** @param path of this list with its filters, to which the next page's position is added */
    static <T, V> ListPage<V> of(Page<T> page, Function<T, V> view, String path) {
        return new ListPage<>(
                page.items().stream().map(view).toList(),
                page.next()
                        .map(next -> path + (path.contains("?") ? "&" : "?") + "after="
                                + Cursor.write(new JobPage.Position(next.created(), new JobId(next.id())))));
    }

    static Optional<Page.Position> position(Optional<String> after) {
        return after.map(Cursor::read)
                .map(position ->
                        new Page.Position(position.created(), position.id().value()));
    }

    static int size(Optional<String> limit) {
        return limit.map(ListQuery::pageSize).orElse(ListQuery.PAGE_DEFAULT);
    }
}
