package org.saminversion.gateway.events;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.saminversion.model.EditKey;
import org.saminversion.model.EditRendering;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.EditStore;

/** Waits for renderings: it is told of the job's events, and looks then. */
@ApplicationScoped
public class EditWaiter {
    private final EditStore edits;
    private final EventFanOut fanOut;

    EditWaiter(EditStore edits, EventFanOut fanOut) {
        this.edits = edits;
        this.fanOut = fanOut;
    }

    /** The rendering when it is done or has failed, or as it was asked for when the time is over. */
    public Uni<EditRendering> await(Tenant tenant, EditRendering asked, Duration atMost) {
        if (atMost.isZero()) {
            return Uni.createFrom().item(asked);
        }
        EditKey key = new EditKey(asked.job(), asked.number());
        return Uni.createFrom()
                .<EditRendering>emitter(emitter -> {
                    Runnable stop = fanOut.listen(key.job(), () -> look(tenant, key, emitter));
                    emitter.onTermination(stop);
                    // It may have been done before anybody listened.
                    look(tenant, key, emitter);
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(asked);
    }

    private void look(Tenant tenant, EditKey key, UniEmitter<? super EditRendering> emitter) {
        edits.find(tenant, key)
                .subscribe()
                .with(
                        found -> found.filter(edit -> edit.state() != EditRendering.State.PENDING)
                                .ifPresent(emitter::complete),
                        emitter::fail);
    }
}
