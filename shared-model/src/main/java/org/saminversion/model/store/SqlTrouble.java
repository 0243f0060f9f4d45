package org.saminversion.model.store;

import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL means by the states that it refuses statements with (its manual, appendix A). */
public final class SqlTrouble {
    /** Connection lost, out of resources (also a full disk), operator at work, trouble of the system. */
    private static final List<String> PASSING_CLASSES = List.of("08", "53", "57", "58");
    /** A value that no row can hold, such as a text with a NUL. */
    private static final String DATA_CLASS = "22";

    private SqlTrouble() {}

    /** Whether this failure itself, its causes aside, is one of the database that goes away with time. */
    public static boolean passes(Throwable failure) {
        return state(failure)
                .filter(state -> PASSING_CLASSES.stream().anyMatch(state::startsWith))
                .isPresent();
    }

    /** Whether this failure itself, its causes aside, is about a value that the database cannot hold. */
    public static boolean isUnstorable(Throwable failure) {
        return state(failure).filter(state -> state.startsWith(DATA_CLASS)).isPresent();
    }

    private static Optional<String> state(Throwable failure) {
        if (failure instanceof PgException refused) {
            return Optional.ofNullable(refused.getSqlState());
        }
        // What Hibernate makes of it.
        return failure instanceof SQLException refused ? Optional.ofNullable(refused.getSQLState()) : Optional.empty();
    }
}
