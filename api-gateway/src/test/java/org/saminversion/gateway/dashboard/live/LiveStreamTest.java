package org.saminversion.gateway.dashboard.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one open page is told, tick by tick. */
class LiveStreamTest {
    private final List<String> told = new ArrayList<>();
    private Uni<LiveView> store = view("a", "1");
    private int looks;
    private boolean ready = true;
    private final LiveStream stream = new LiveStream(
            () -> {
                looks++;
                return store;
            },
            (event, view) -> told.add(event + " " + view.fragments()),
            () -> ready);

    @Test
    void theFirstViewIsWholeAndLaterOnesAreWhatChanged() {
        store = view("a", "1", "b", "1");
        stream.tick();
        store = view("a", "1", "b", "2");
        stream.poke();
        stream.tick();
        stream.poke();
        stream.tick();
        assertEquals(List.of("view {a=1, b=1}", "view {b=2}"), told);
    }

    @Test
    void withoutAPokeItLooksNowAndThen() {
        ticks(1 + 2 * LiveStream.LOOK_AGAIN);
        assertEquals(3, looks);
    }

    @Test
    void aPageThatDoesNotChangeHearsThatTheGatewayIsThere() {
        ticks(1 + LiveStream.BEAT_AFTER);
        assertEquals(List.of("view {a=1}", "beat {}"), told);
    }

    @Test
    void troubleIsToldAndTheFirstViewAfterIt() {
        stream.tick();
        store = Uni.createFrom().failure(new IllegalStateException("no database"));
        stream.poke();
        stream.tick();
        store = view("a", "1");
        stream.tick();
        assertEquals(List.of("view {a=1}", "trouble {}", "view {}"), told);
    }

    @Test
    void aSlowStoreIsNotAskedTwice() {
        store = Uni.createFrom().nothing();
        ticks(20);
        assertEquals(1, looks);
    }

    @Test
    void aPageThatHasNotTakenTheLastViewIsToldNothingUntilItHas() {
        stream.tick();
        ready = false;
        store = view("a", "2");
        stream.poke();
        ticks(3);
        store = view("a", "3");
        ready = true;
        stream.tick();
        assertEquals(List.of("view {a=1}", "view {a=3}"), told);
        assertEquals(2, looks);
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            stream.tick();
        }
    }

    private static Uni<LiveView> view(String... fragments) {
        Map<String, String> byId = new LinkedHashMap<>();
        for (int i = 0; i < fragments.length; i += 2) {
            byId.put(fragments[i], fragments[i + 1]);
        }
        return Uni.createFrom().item(new LiveView(byId, Map.of()));
    }
}
