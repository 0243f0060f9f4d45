package org.saminversion.model.callback;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Values, newest first, and where the next page begins. */
public record Page<T>(List<T> items, Optional<Position> next) {
    public static final int SIZE_MAX = 200;

    static final String AFTER = " and (createdAt < :created or createdAt = :created and id < :id)";
    static final String ORDER = " order by createdAt desc, id desc";

    /** The last value of a page; the next page holds what comes after it. */
    public record Position(Instant created, UUID id) {}

    /** @param select ends with {@link #ORDER}, and has {@link #AFTER} if there is a position to go on from */
    static <R, T> Uni<Page<T>> read(
            Mutiny.SelectionQuery<R> select,
            Optional<Position> after,
            int size,
            Function<R, T> value,
            Function<R, Position> position) {
        after.ifPresent(at -> select.setParameter("created", at.created()).setParameter("id", at.id()));
        int pageSize = Math.min(size, SIZE_MAX);
        // One more than fits tells whether there is another page.
        return select.setMaxResults(pageSize + 1).getResultList().map(rows -> {
            List<R> shown = rows.subList(0, Math.min(pageSize, rows.size()));
            return new Page<>(
                    shown.stream().map(value).toList(),
                    rows.size() > pageSize ? Optional.of(position.apply(shown.get(pageSize - 1))) : Optional.empty());
        });
    }
}
