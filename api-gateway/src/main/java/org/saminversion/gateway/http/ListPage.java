package org.saminversion.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.JobId;
import org.saminversion.model.JobPage;
import org.saminversion.model.callback.Page;
import org.saminversion.model.store.JobStore;

/** @param next where the next page is; absent on the last */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ListPage<V>(List<V> items, Optional<String> next) {
    private static final int SIZE_DEFAULT = 50;

    /** @param path of this list with its filters, to which the next page's position is added */
    public static <T, V> ListPage<V> of(Page<T> page, Function<T, V> view, String path) {
        return new ListPage<>(
                page.items().stream().map(view).toList(),
                page.next()
                        .map(next -> path + (path.contains("?") ? "&" : "?") + "after="
                                + Cursor.write(new JobPage.Position(next.created(), new JobId(next.id())))));
    }

    /** @throws JobFailure.Rejected if the word is none of ours */
    public static Optional<Page.Position> position(Optional<String> after) {
        return after.map(Cursor::read)
                .map(position ->
                        new Page.Position(position.created(), position.id().value()));
    }

    /** How many items are asked for, 50 unless the caller says otherwise. @throws JobFailure.Rejected if it is out of range */
    public static int size(Optional<String> limit) {
        return limit.map(ListPage::inRange).orElse(SIZE_DEFAULT);
    }

    private static int inRange(String limit) {
        if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > JobStore.PAGE_MAX) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "limit must be from 1 to " + JobStore.PAGE_MAX + ", not " + limit + ".");
        }
        return Integer.parseInt(limit);
    }
}
