package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Inserts into several tables as one statement: one round trip, and one transaction of its own outside of any other.
 *
 * <p>PostgreSQL checks foreign keys at the end of the statement, so that the order of the inserts does not matter.
 */
final class RowsStatement {
    private static final Pattern PARAMETER = Pattern.compile("\\?([0-9]+)");

    private final List<String> inserts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /** @param columns values by column; names of tables and columns are ours, never a caller's */
    RowsStatement insert(String table, Map<String, Object> columns) {
        return insert(table, columns, "");
    }

    /** @param conflict what follows the values, such as {@code on conflict (id) do nothing} */
    RowsStatement insert(String table, Map<String, Object> columns, String conflict) {
        String parameters = columns.values().stream().map(this::parameter).collect(Collectors.joining(", "));
        inserts.add("i" + inserts.size() + " as (insert into " + table + " (" + String.join(", ", columns.keySet())
                + ") values (" + parameters + ") " + conflict + ")");
        return this;
    }

    /**
     * @param statement an insert whose parameters are {@code ?1}, {@code ?2} and so on
     * @param parameters as many as it has
     */
    RowsStatement insert(String statement, List<Object> parameters) {
        int before = values.size();
        parameters.forEach(this::parameter);
        String renumbered =
                PARAMETER.matcher(statement).replaceAll(match -> "\\$" + (before + Integer.parseInt(match.group(1))));
        inserts.add("i" + inserts.size() + " as (" + renumbered + ")");
        return this;
    }

    Uni<Void> execute(SqlClient client) {
        return client.preparedQuery("with " + String.join(", ", inserts) + " select 1")
                .execute(Tuple.from(values))
                .replaceWithVoid();
    }

    private String parameter(Object value) {
        values.add(sqlValue(value));
        return "$" + values.size();
    }

    private static Object sqlValue(Object value) {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof byte[] bytes) {
            return Buffer.buffer(bytes);
        }
        return value instanceof Enum<?> word ? word.name() : value;
    }
}
