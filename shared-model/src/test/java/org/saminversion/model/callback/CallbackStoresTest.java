package org.saminversion.model.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.BackendsResource;
import org.saminversion.model.store.Database;
import org.saminversion.model.store.MovableClock;

/** What the stores of endpoints and deliveries promise, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallbackStoresTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String SECRET = "whsec_" + "A".repeat(44);

    @Inject
    EndpointStore endpoints;

    @Inject
    DeliveryStore deliveries;

    @Inject
    DeliveryQueue queue;

    @Inject
    SendStore sends;

    @Inject
    Database database;

    @Inject
    MovableClock clock;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());
    private final Tenant stranger = new Tenant("stranger");
    private Endpoint endpoint;

    @BeforeEach
    void makeAnEndpoint() {
        endpoint = obtain("https://receiver.example/" + UUID.randomUUID()).endpoint();
    }

    @AfterEach
    void leaveNothingDueToOtherTests() {
        await(endpoints.delete(tenant, endpoint.id()));
    }

    @Test
    void anEndpointReadsBackAsItWasMadeAndIsMadeOnce() {
        assertEquals(Optional.of(endpoint), await(endpoints.find(tenant, endpoint.id())));
        assertTrue(endpoint.enabled());
        EndpointStore.Obtained again = obtain(endpoint.url());
        assertFalse(again.created());
        assertEquals(endpoint, again.endpoint());
    }

    @Test
    void endpointsOfOthersDoNotExist() {
        EndpointId id = endpoint.id();
        EndpointDraft draft = new EndpointDraft("https://evil.example/", "", CallbackEvent.DEFAULT);
        assertEquals(Optional.empty(), await(endpoints.find(stranger, id)));
        assertEquals(Optional.empty(), await(endpoints.update(stranger, id, draft)));
        assertEquals(Optional.empty(), await(endpoints.secrets(stranger, id)));
        assertEquals(Optional.empty(), await(endpoints.rotate(stranger, id, SECRET, LEASE)));
        assertEquals(Optional.empty(), await(endpoints.enable(stranger, id)));
        assertEquals(Optional.empty(), await(endpoints.disable(stranger, id)));
        assertEquals(Optional.empty(), await(endpoints.ping(stranger, id, UUID.randomUUID())));
        assertFalse(await(endpoints.delete(stranger, id)));
        assertEquals(
                List.of(), await(endpoints.list(stranger, Optional.empty(), 10)).items());
        assertEquals(Optional.of(endpoint), await(endpoints.find(tenant, id)));
    }

    @Test
    void deliveriesOfOthersDoNotExist() {
        DeliveryId id = add(UUID.randomUUID(), 1);
        assertEquals(Optional.empty(), await(deliveries.details(stranger, id)));
        assertEquals(Optional.empty(), await(deliveries.redeliver(stranger, id)));
        DeliveryFilter all = new DeliveryFilter(Optional.of(endpoint.id()), Optional.empty(), Optional.empty());
        assertEquals(
                List.of(),
                await(deliveries.list(stranger, all, Optional.empty(), 10)).items());
        // Nor can a message be put into the queue of another's endpoint.
        await(database.inTransaction(session -> queue.add(session, draft(stranger, UUID.randomUUID(), 1))));
        assertEquals(
                1,
                await(deliveries.list(tenant, all, Optional.empty(), 10))
                        .items()
                        .size());
    }

    @Test
    void anEndpointChangesAndTwoNeverHaveOneUrl() {
        Endpoint other = obtain("https://other.example/" + UUID.randomUUID()).endpoint();
        EndpointDraft draft =
                new EndpointDraft(other.url(), "shop", EnumSet.of(CallbackEvent.PROGRESS, CallbackEvent.STATE));
        assertThrows(EndpointStore.UrlTaken.class, () -> await(endpoints.update(tenant, endpoint.id(), draft)));
        await(endpoints.delete(tenant, other.id()));
        Endpoint changed = await(endpoints.update(tenant, endpoint.id(), draft)).orElseThrow();
        assertEquals(other.url(), changed.url());
        assertEquals(draft.events(), changed.events());
        assertEquals("shop", changed.description());
    }

    @Test
    void endpointsAndDeliveriesAreListedInPages() {
        clock.advance(Duration.ofSeconds(1));
        Endpoint second = obtain("https://second.example/").endpoint();
        Page<Endpoint> first = await(endpoints.list(tenant, Optional.empty(), 1));
        assertEquals(List.of(second), first.items());
        Page<Endpoint> rest = await(endpoints.list(tenant, first.next(), 1));
        assertEquals(List.of(endpoint), rest.items());
        assertEquals(Optional.empty(), rest.next());
        await(endpoints.delete(tenant, second.id()));

        UUID subject = UUID.randomUUID();
        Set<DeliveryId> added = Set.of(add(subject, 1), add(subject, 2), add(subject, 3));
        DeliveryFilter filter =
                new DeliveryFilter(Optional.empty(), Optional.of(subject), Optional.of(DeliveryState.PENDING));
        Set<DeliveryId> listed = new HashSet<>();
        Optional<Page.Position> position = Optional.empty();
        do {
            Page<Delivery> page = await(deliveries.list(tenant, filter, position, 1));
            page.items().forEach(each -> assertTrue(listed.add(each.id())));
            position = page.next();
        } while (position.isPresent());
        assertEquals(added, listed);
    }

    @Test
    void duringARotationBothSecretsSign() {
        String next = "whsec_" + "B".repeat(44);
        await(endpoints.rotate(tenant, endpoint.id(), next, Duration.ofHours(1)));
        assertEquals(Optional.of(List.of(next, SECRET)), await(endpoints.secrets(tenant, endpoint.id())));
        add(UUID.randomUUID(), 1);
        assertEquals(List.of(next, SECRET), claimOne().secrets());
        clock.advance(Duration.ofHours(2));
        assertEquals(Optional.of(List.of(next)), await(endpoints.secrets(tenant, endpoint.id())));
    }

    @Test
    void aMessageIsClaimedOnceSentAndFinished() {
        DeliveryId id = add(UUID.randomUUID(), 1);
        Dispatch claimed = claimOne();
        assertEquals(id, claimed.id());
        assertEquals(endpoint.url(), claimed.url());
        assertTrue(claimed.body().startsWith("{\"type\":\"test.happened\",\"timestamp\":\""), claimed.body());
        assertEquals(List.of(), claim());
        assertTrue(await(sends.finish(claimed, attempt(200), new Outcome.Accepted())));
        DeliveryDetails details = await(deliveries.details(tenant, id)).orElseThrow();
        assertEquals(DeliveryState.DELIVERED, details.delivery().state());
        assertEquals(List.of(attempt(200)), details.attempts());
        assertEquals(Optional.empty(), details.delivery().nextAttempt());
        assertEquals(List.of(), claim());
    }

    @Test
    void theSameEventIsToldOnce() {
        UUID subject = UUID.randomUUID();
        assertEquals(add(subject, 1), add(subject, 1));
        assertEquals(1, claim().size());
    }

    @Test
    void messagesOfOneSubjectKeepTheirOrderThroughFailures() {
        UUID subject = UUID.randomUUID();
        DeliveryId first = add(subject, 3);
        DeliveryId second = add(subject, 7);
        DeliveryId other = add(UUID.randomUUID(), 1);
        List<Dispatch> begun = claim();
        assertEquals(
                Set.of(first, other),
                Set.copyOf(begun.stream().map(Dispatch::id).toList()));
        finish(begun, first, new Outcome.Failed(clock.instant().plusSeconds(20)));
        assertEquals(List.of(), claim());
        clock.advance(Duration.ofSeconds(21));
        Dispatch retried = claimOne();
        assertEquals(first, retried.id());
        assertEquals(1, retried.tries());
        await(sends.finish(retried, attempt(500), new Outcome.Exhausted()));
        assertEquals(DeliveryState.EXHAUSTED, state(first));
        assertEquals(second, claimOne().id());
    }

    @Test
    void anEndpointHasALimitedNumberOfMessagesUnderWay() {
        for (int i = 0; i < 5; i++) {
            add(UUID.randomUUID(), 1);
        }
        List<Dispatch> begun = await(sends.claim("here", 100, 3, LEASE));
        assertEquals(3, begun.size());
        assertEquals(List.of(), await(sends.claim("there", 100, 3, LEASE)));
        await(sends.finish(begun.get(0), attempt(200), new Outcome.Accepted()));
        assertEquals(1, await(sends.claim("there", 100, 3, LEASE)).size());
    }

    @Test
    void aLostSenderIsReplacedAndNotBelievedAnyMore() {
        DeliveryId id = add(UUID.randomUUID(), 1);
        Dispatch lost = claimOne();
        await(sends.returnLost());
        assertEquals(DeliveryState.SENDING, state(id));
        clock.advance(LEASE.plusSeconds(1));
        await(sends.returnLost());
        Dispatch taken = claimOne();
        assertEquals(id, taken.id());
        assertFalse(await(sends.finish(lost, attempt(500), new Outcome.Exhausted())));
        assertTrue(await(sends.finish(taken, attempt(200), new Outcome.Accepted())));
        DeliveryDetails details = await(deliveries.details(tenant, id)).orElseThrow();
        assertEquals(DeliveryState.DELIVERED, details.delivery().state());
        assertEquals(2, details.attempts().size());
        assertTrue(details.attempts().get(0).trouble().orElseThrow().contains("lost"));
    }

    @Test
    void anEndpointThatIsGoneIsDisabledWithAllThatWaits() {
        UUID subject = UUID.randomUUID();
        DeliveryId refused = add(subject, 1);
        DeliveryId next = add(subject, 2);
        DeliveryId underWay = add(UUID.randomUUID(), 1);
        List<Dispatch> begun = claim();
        finish(begun, refused, new Outcome.Gone());
        assertEquals(DeliveryState.GONE, state(refused));
        assertEquals(DeliveryState.GONE, state(next));
        assertEquals(DeliveryState.SENDING, state(underWay));
        finish(begun, underWay, new Outcome.Failed(clock.instant()));
        assertEquals(DeliveryState.GONE, state(underWay));
        Endpoint disabled = await(endpoints.find(tenant, endpoint.id())).orElseThrow();
        assertFalse(disabled.enabled());
        assertTrue(disabled.disabledReason().orElseThrow().contains("410"));
        assertEquals(DeliveryState.GONE, state(add(subject, 3)));
        assertThrows(DeliveryStore.NotRedeliverable.class, () -> await(deliveries.redeliver(tenant, refused)));

        assertTrue(await(endpoints.enable(tenant, endpoint.id())).orElseThrow().enabled());
        await(deliveries.redeliver(tenant, refused));
        assertEquals(refused, claimOne().id());
    }

    @Test
    void anOwnerDisablesAnEndpointWhileMessagesWait() {
        UUID subject = UUID.randomUUID();
        DeliveryId waiting = add(subject, 1);
        DeliveryId pending = add(subject, 2);
        finish(claim(), waiting, new Outcome.Failed(clock.instant().plusSeconds(60)));
        assertFalse(
                await(endpoints.disable(tenant, endpoint.id())).orElseThrow().enabled());
        assertEquals(DeliveryState.GONE, state(waiting));
        assertEquals(DeliveryState.GONE, state(pending));
    }

    @Test
    void redeliveriesBeginTheScheduleAnew() {
        DeliveryId id = add(UUID.randomUUID(), 1);
        await(sends.finish(
                claimOne(), attempt(500), new Outcome.Failed(clock.instant().plusSeconds(60))));
        assertEquals(DeliveryState.WAITING, state(id));
        await(deliveries.redeliver(tenant, id));
        Dispatch again = claimOne();
        assertEquals(0, again.tries());
        await(sends.finish(again, attempt(500), new Outcome.Exhausted()));
        await(deliveries.redeliver(tenant, id));
        await(sends.finish(claimOne(), attempt(200), new Outcome.Accepted()));
        assertEquals(DeliveryState.DELIVERED, state(id));
        await(deliveries.redeliver(tenant, id));
        await(deliveries.redeliver(tenant, id));
        assertEquals(DeliveryState.PENDING, state(id));
    }

    @Test
    void oldDeliveriesAreForgotten() {
        DeliveryId ended = add(UUID.randomUUID(), 1);
        await(sends.finish(claimOne(), attempt(200), new Outcome.Accepted()));
        DeliveryId live = add(UUID.randomUUID(), 1);
        clock.advance(Duration.ofDays(1));
        await(sends.deleteFinished(clock.instant()));
        assertEquals(Optional.empty(), await(deliveries.details(tenant, ended)));
        assertTrue(await(deliveries.details(tenant, live)).isPresent());
    }

    @Test
    void aPingIsAMessageLikeOthers() {
        Delivery ping =
                await(endpoints.ping(tenant, endpoint.id(), UUID.randomUUID())).orElseThrow();
        assertEquals("endpoint.ping", ping.type());
        assertEquals(ping.id(), claimOne().id());
    }

    @Test
    void aBodyThatIsTooLargeIsAMistakeOfOurs() {
        DeliveryDraft large = draft(tenant, UUID.randomUUID(), 1, Map.of("x", "y".repeat(20_000)));
        assertThrows(
                IllegalArgumentException.class,
                () -> await(database.inTransaction(session -> queue.add(session, large))));
    }

    /** The tests of this class took rows through every line of the table; a trigger in the database has watched. */
    @AfterAll
    void everyTransitionWasVisited() {
        Set<String> visited = new HashSet<>(await(database.inTransaction(
                session -> session.createNativeQuery("select distinct change from visited", String.class)
                        .getResultList())));
        assertEquals(
                DeliveryLifecycle.TRANSITIONS.stream()
                        .map(t -> t.from() + " to " + t.to())
                        .collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(visited));
    }

    @BeforeAll
    void watchTransitions() {
        for (String statement : List.of(
                "create table visited (change text)",
                "create function watch() returns trigger language plpgsql as"
                        + " $$ begin insert into visited values (old.state || ' to ' || new.state); return new; end $$",
                "create trigger watch after update on deliveries for each row"
                        + " when (old.state <> new.state) execute function watch()")) {
            await(database.inTransaction(
                    session -> session.createNativeQuery(statement).executeUpdate()));
        }
    }

    private EndpointStore.Obtained obtain(String url) {
        EndpointDraft draft = new EndpointDraft(url, "", CallbackEvent.DEFAULT);
        return await(endpoints.obtain(tenant, draft, new EndpointId(UUID.randomUUID()), SECRET));
    }

    private DeliveryId add(UUID subject, long number) {
        DeliveryDraft draft = draft(tenant, subject, number);
        await(database.inTransaction(session -> queue.add(session, draft)));
        return draft.id();
    }

    private DeliveryDraft draft(Tenant owner, UUID subject, long number) {
        return draft(owner, subject, number, Map.of("number", number));
    }

    private DeliveryDraft draft(Tenant owner, UUID subject, long number, Map<String, Object> data) {
        EndpointId to = endpoint.id();
        return new DeliveryDraft(owner, to, subject, number, "test.happened", data, clock.instant(), Optional.empty());
    }

    private List<Dispatch> claim() {
        return await(sends.claim("here", 100, 100, LEASE));
    }

    private Dispatch claimOne() {
        List<Dispatch> claimed = claim();
        assertEquals(1, claimed.size());
        return claimed.get(0);
    }

    private void finish(List<Dispatch> begun, DeliveryId id, Outcome outcome) {
        Dispatch one =
                begun.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        assertTrue(await(sends.finish(one, attempt(503), outcome)));
    }

    private DeliveryState state(DeliveryId id) {
        return await(deliveries.details(tenant, id)).orElseThrow().delivery().state();
    }

    private Attempt attempt(int status) {
        return new Attempt(clock.instant(), Duration.ofMillis(12), Optional.of(status), Optional.empty(), "thank you");
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(30));
    }
}
