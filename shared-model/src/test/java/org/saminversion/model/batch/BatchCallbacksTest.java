package org.saminversion.model.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Failure;
import org.saminversion.model.batch.IntakeStore.Intake;
import org.saminversion.model.callback.CallbackEvent;
import org.saminversion.model.callback.Delivery;
import org.saminversion.model.callback.DeliveryFilter;
import org.saminversion.model.callback.DeliveryStore;
import org.saminversion.model.callback.EndpointDraft;
import org.saminversion.model.callback.EndpointId;
import org.saminversion.model.callback.EndpointStore;
import org.saminversion.model.store.BackendsResource;

/** What is told of a batch, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class BatchCallbacksTest extends BatchStoreTesting {
    @Inject
    EndpointStore endpoints;

    @Inject
    DeliveryStore deliveries;

    @BeforeEach
    void makeAnEndpoint() {
        EndpointDraft draft = new EndpointDraft("https://receiver.example/", "", CallbackEvent.DEFAULT);
        callback = Optional.of(await(endpoints.obtain(tenant, draft, new EndpointId(UUID.randomUUID()), "whsec_AAAA"))
                .endpoint()
                .id());
    }

    @AfterEach
    void leaveNothingDueToOtherTests() {
        await(endpoints.delete(tenant, callback.orElseThrow()));
    }

    @Test
    void eachEndIsToldOnceWithItsCounts() {
        Intake batch = open(2);
        List<ItemToStart> items = await(feed.claim(tenant, WINDOW, 10));
        start(items.get(0));
        await(feed.fail(items.get(1), new Failure("image-url-failed", "404")));
        tend(batch);
        assertEquals(List.of(), told(batch.batch()), "it goes on");
        succeed(items.get(0).job());
        tend(batch);
        tend(batch);
        assertEquals(List.of("1 batch.done"), told(batch.batch()));
        String body = body(batch.batch(), 0);
        assertTrue(body.contains("\"id\":\"" + batch.batch().id() + "\",\"number\":1,\"state\":\"DONE\""), body);
        assertTrue(body.contains("\"items\":2,\"rejected\":0,\"succeeded\":1,\"failed\":1"), body);

        await(batches.retryFailed(tenant, batch.batch().id()));
        ItemToStart again = await(feed.claim(tenant, WINDOW, 10)).get(0);
        start(again);
        succeed(again.job());
        tend(batch);
        assertEquals(List.of("1 batch.done", "2 batch.done"), told(batch.batch()));
        assertTrue(body(batch.batch(), 1).contains("\"succeeded\":2,\"failed\":0"));
    }

    @Test
    void everyEndIsTold() {
        Intake refused = intake(OnError.CONTINUE);
        await(intakes.refuse(refused, new Failure("archive-unreadable", "x".repeat(30_000))));
        assertEquals(List.of("1 batch.rejected"), told(refused.batch()));
        assertTrue(body(refused.batch(), 0).contains("\"kind\":\"archive-unreadable\""));

        Batch cancelled = begin(BatchFormat.CSV, OnError.CONTINUE);
        await(batches.cancel(tenant, cancelled.id()));
        assertEquals(List.of("1 batch.cancelled"), told(cancelled));

        Batch late = begin(BatchFormat.CSV, OnError.CONTINUE);
        clock.advance(DAY.plusSeconds(1));
        await(tending.tend(late.id()));
        assertEquals(List.of("1 batch.expired"), told(late));
    }

    @Test
    void aDeletedEndpointIsToldNothingAndTheBatchEnds() {
        Batch batch = begin(BatchFormat.CSV, OnError.CONTINUE);
        await(endpoints.delete(tenant, callback.orElseThrow()));
        await(batches.cancel(tenant, batch.id()));
        assertEquals(BatchState.CANCELLED, state(batch.id()));
        assertEquals(List.of(), told(batch));
    }

    private List<String> told(Batch batch) {
        return list(batch).stream()
                .map(delivery -> delivery.number() + " " + delivery.type())
                .toList();
    }

    private String body(Batch batch, int index) {
        return await(deliveries.details(tenant, list(batch).get(index).id()))
                .orElseThrow()
                .body();
    }

    private List<Delivery> list(Batch batch) {
        DeliveryFilter filter =
                new DeliveryFilter(Optional.empty(), Optional.of(batch.id().value()), Optional.empty());
        return await(deliveries.list(tenant, filter, Optional.empty(), 100)).items().stream()
                .sorted(Comparator.comparingLong(Delivery::number))
                .toList();
    }
}
