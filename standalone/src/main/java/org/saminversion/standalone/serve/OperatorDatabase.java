package org.saminversion.standalone.serve;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.saminversion.embedded.EmbeddedDatabase;
import org.saminversion.model.access.KeyStore;

/** The database of a service, for whoever operates it: reached without HTTP, whether the service runs or not. */
public final class OperatorDatabase implements Closeable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
    private static final String UNDEFINED_TABLE = "42P01";

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;
    private final Closeable server;

    private OperatorDatabase(String address, String user, String password, Closeable server) {
        PgConnectOptions options = PgConnectOptions.fromUri("postgresql://" + address)
                .setUser(user)
                .setPassword(password);
        this.pool = Pool.newInstance(
                PgBuilder.pool().connectingTo(options).using(vertx).build());
        this.server = server;
    }

    /** @param address such as {@code db.example.org:5432/sam} */
    public static OperatorDatabase at(String address, String user, String password) {
        return new OperatorDatabase(address, user, password, () -> {});
    }

    /** The embedded database of a data folder: that of the running service, or one that is started for this purpose. */
    public static OperatorDatabase ofFolder(Path data) throws ServeException {
        try {
            Optional<EmbeddedDatabase.Login> running =
                    EmbeddedDatabase.running(data.toAbsolutePath().resolve("postgresql"));
            if (running.isPresent()) {
                EmbeddedDatabase.Login login = running.get();
                return new OperatorDatabase(login.address(), login.user(), login.password(), () -> {});
            }
            DataFolder folder = DataFolder.open(data);
            EmbeddedDatabase database = EmbeddedDatabase.start(folder.database());
            return new OperatorDatabase(database.address(), database.user(), database.password(), () -> {
                database.close();
                folder.close();
            });
        } catch (IOException e) {
            throw new ServeException("The database of " + data + " cannot be reached: " + e.getMessage(), e);
        }
    }

    public KeyStore keys() {
        return new KeyStore(pool, InstantSource.system());
    }

    public DashboardLoad dashboardLoad() {
        return new DashboardLoad(pool);
    }

    /** The result of the work. @throws ServeException if the database does not answer or is none of a service */
    public <T> T await(Uni<T> work) throws ServeException {
        try {
            return work.await().atMost(ANSWER_TIMEOUT);
        } catch (RuntimeException e) {
            if (e instanceof PgException refused && UNDEFINED_TABLE.equals(refused.getSqlState())
                    || e.getCause() instanceof PgException cause && UNDEFINED_TABLE.equals(cause.getSqlState())) {
                throw new ServeException(
                        "The database has no tables yet: start the service once, with ./sam serve, and try again.", e);
            }
            throw new ServeException("The database does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        pool.closeAndAwait();
        vertx.close();
        server.close();
    }
}
