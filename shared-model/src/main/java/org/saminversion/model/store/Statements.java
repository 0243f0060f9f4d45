package org.saminversion.model.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Runs SQL in a transaction, whoever began it. */
@FunctionalInterface
interface Statements {
    /**
     * @param sql returns rows; its parameters are {@code $1}, {@code $2} and so on
     * @return the columns of each row
     */
    Uni<List<Object[]>> run(String sql, List<Object> parameters);

    static Statements of(SqlConnection connection) {
        return (sql, parameters) ->
                connection.preparedQuery(sql).execute(Tuple.from(parameters)).map(Statements::columns);
    }

    static Statements of(Mutiny.Session session) {
        return (sql, parameters) -> {
            Mutiny.SelectionQuery<Object> query =
                    session.createNativeQuery(sql.replaceAll("\\$(\\d)", "?$1"), Object.class);
            for (int i = 0; i < parameters.size(); i++) {
                query.setParameter(i + 1, parameters.get(i));
            }
            return query.getResultList()
                    .map(rows -> rows.stream().map(Statements::columns).toList());
        };
    }

    /** Hibernate makes no array of a single column. */
    private static Object[] columns(Object row) {
        return row instanceof Object[] several ? several : new Object[] {row};
    }

    private static List<Object[]> columns(RowSet<Row> rows) {
        List<Object[]> all = new ArrayList<>();
        for (Row row : rows) {
            Object[] columns = new Object[row.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = row.getValue(i);
            }
            all.add(columns);
        }
        return all;
    }
}
