package org.saminversion.model.callback;

import static org.saminversion.model.callback.DeliveryAction.DISABLE_ENDPOINT;
import static org.saminversion.model.callback.DeliveryAction.HOLD_FOLLOWERS;
import static org.saminversion.model.callback.DeliveryAction.NOTHING;
import static org.saminversion.model.callback.DeliveryAction.RELEASE_FOLLOWERS;
import static org.saminversion.model.callback.DeliveryAction.RESTART_SCHEDULE;
import static org.saminversion.model.callback.DeliveryAction.START_LEASE;
import static org.saminversion.model.callback.DeliveryState.DELIVERED;
import static org.saminversion.model.callback.DeliveryState.EXHAUSTED;
import static org.saminversion.model.callback.DeliveryState.GONE;
import static org.saminversion.model.callback.DeliveryState.PENDING;
import static org.saminversion.model.callback.DeliveryState.SENDING;
import static org.saminversion.model.callback.DeliveryState.WAITING;
import static org.saminversion.model.callback.DeliveryTrigger.ACCEPTED;
import static org.saminversion.model.callback.DeliveryTrigger.CLAIMED;
import static org.saminversion.model.callback.DeliveryTrigger.ENDPOINT_DISABLED;
import static org.saminversion.model.callback.DeliveryTrigger.ENDPOINT_GONE;
import static org.saminversion.model.callback.DeliveryTrigger.REDELIVERY_REQUESTED;
import static org.saminversion.model.callback.DeliveryTrigger.SENDER_LOST;
import static org.saminversion.model.callback.DeliveryTrigger.TRIES_USED_UP;
import static org.saminversion.model.callback.DeliveryTrigger.TRY_FAILED;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.saminversion.model.lifecycle.LifecyclePage;

/**
 * All that can happen to a message. A new one is PENDING, or GONE if its endpoint is disabled.
 *
 * <p>Rows that look possible and are not: a message that is PENDING or SENDING takes no redelivery (it is on its way); what is
 * SENDING when its endpoint is disabled is neither called back nor lost: its answer decides, and only a failed try ends it.
 */
public final class DeliveryLifecycle {
    /** One row of the table. */
    public record Transition(DeliveryState from, DeliveryTrigger trigger, DeliveryState to, DeliveryAction action) {}

    /** In the order in which a message meets them. */
    public static final List<Transition> TRANSITIONS = List.of(
            new Transition(PENDING, CLAIMED, SENDING, START_LEASE),
            new Transition(PENDING, ENDPOINT_DISABLED, GONE, NOTHING),
            new Transition(SENDING, ACCEPTED, DELIVERED, RELEASE_FOLLOWERS),
            new Transition(SENDING, TRY_FAILED, WAITING, HOLD_FOLLOWERS),
            new Transition(SENDING, TRIES_USED_UP, EXHAUSTED, RELEASE_FOLLOWERS),
            new Transition(SENDING, ENDPOINT_GONE, GONE, DISABLE_ENDPOINT),
            new Transition(SENDING, ENDPOINT_DISABLED, GONE, NOTHING),
            new Transition(SENDING, SENDER_LOST, WAITING, NOTHING),
            new Transition(WAITING, CLAIMED, SENDING, START_LEASE),
            new Transition(WAITING, ENDPOINT_DISABLED, GONE, NOTHING),
            new Transition(WAITING, REDELIVERY_REQUESTED, PENDING, RESTART_SCHEDULE),
            new Transition(DELIVERED, REDELIVERY_REQUESTED, PENDING, RESTART_SCHEDULE),
            new Transition(EXHAUSTED, REDELIVERY_REQUESTED, PENDING, RESTART_SCHEDULE),
            new Transition(GONE, REDELIVERY_REQUESTED, PENDING, RESTART_SCHEDULE));

    private record Key(DeliveryState state, DeliveryTrigger trigger) {}

    private static final Map<Key, Transition> BY_KEY =
            TRANSITIONS.stream().collect(Collectors.toMap(t -> new Key(t.from(), t.trigger()), Function.identity()));

    private DeliveryLifecycle() {}

    /** Empty when the table has no such row. */
    public static Optional<Transition> find(DeliveryState state, DeliveryTrigger trigger) {
        return Optional.ofNullable(BY_KEY.get(new Key(state, trigger)));
    }

    /** docs/delivery-lifecycle.md. */
    static LifecyclePage page() {
        return new LifecyclePage(
                "Lifecycle of a callback's delivery",
                "DeliveryLifecycle",
                List.of(
                        "[*] --> PENDING",
                        "[*] --> GONE : endpoint is disabled",
                        "DELIVERED --> [*]",
                        "EXHAUSTED --> [*]"),
                TRANSITIONS.stream()
                        .map(t -> new LifecyclePage.Row(
                                t.from().name(),
                                t.trigger().name(),
                                t.to().name(),
                                t.action().name()))
                        .toList());
    }
}
