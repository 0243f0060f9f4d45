package org.saminversion.model.store;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Transactions that can be started from any thread. */
@ApplicationScoped
public class Database {
    private final Mutiny.SessionFactory sessions;
    private final Vertx vertx;

    Database(Mutiny.SessionFactory sessions, Vertx vertx) {
        this.sessions = sessions;
        this.vertx = vertx;
    }

    /**
     * Runs the work in one transaction, on an event loop and in a Vert.x context of its own: Hibernate Reactive keeps the
     * session there, and refuses threads without one.
     */
    public <T> Uni<T> inTransaction(Function<Mutiny.Session, Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(own, true);
            own.runOnContext(ignored -> sessions.withTransaction((session, transaction) -> work.apply(session))
                    .subscribe()
                    .with(emitter::complete, emitter::fail));
        });
    }
}
