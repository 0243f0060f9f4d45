package org.saminversion.model.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DeliveryLifecycleTest {
    @Test
    void everyMessageThatHasNotEndedCanEnd() {
        for (DeliveryState state : DeliveryState.values()) {
            boolean canGo = DeliveryLifecycle.find(state, DeliveryTrigger.ENDPOINT_DISABLED)
                    .isPresent();
            assertEquals(!state.isFinal(), canGo, state.name());
        }
    }

    @Test
    void onlyAClaimLeadsToASender() {
        for (DeliveryLifecycle.Transition t : DeliveryLifecycle.TRANSITIONS) {
            assertEquals(t.to() == DeliveryState.SENDING, t.trigger() == DeliveryTrigger.CLAIMED, t.toString());
            assertEquals(t.to() == DeliveryState.SENDING, t.action() == DeliveryAction.START_LEASE, t.toString());
        }
    }

    @Test
    void whatEndsCanBeAskedForAgain() {
        for (DeliveryState state : DeliveryState.values()) {
            if (state.isFinal()) {
                assertTrue(DeliveryLifecycle.find(state, DeliveryTrigger.REDELIVERY_REQUESTED)
                        .isPresent());
            }
        }
    }

    @Test
    void theDocumentedTableIsTheCodes() throws Exception {
        Path page = Path.of("../docs/delivery-lifecycle.md");
        if (Boolean.getBoolean("sam.update-docs")) {
            Files.writeString(page, DeliveryLifecycle.page().markdown());
        }
        assertEquals(DeliveryLifecycle.page().markdown(), Files.readString(page));
    }
}
