package org.saminversion.model.outbox;

import jakarta.enterprise.inject.Vetoed;
import java.time.InstantSource;
import org.saminversion.model.store.Database;

/** Sends nothing: the test itself carries messages from the outbox, when and how it likes. */
@Vetoed
public final class QuietRelay extends OutboxRelay {
    public QuietRelay() {
        super(null, null);
    }

    /** An outbox on another clock than the application's. */
    public static Outbox outbox(Database database, InstantSource clock) {
        return new Outbox(database, clock);
    }
}
