package org.saminversion.model.view;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.saminversion.model.Tenant;
import org.saminversion.model.callback.EndpointId;

/** Finds endpoints that do not take their messages. */
@ApplicationScoped
public class EndpointTroubles {
    private static final Duration LATELY = Duration.ofDays(1);

    /** One failed try is no trouble yet. */
    private static final int TRIES_MIN = 3;

    private static final String QUERY = """
            select e.id, e.url, e.disabled_reason, coalesce(w.waiting, 0) as waiting, coalesce(x.exhausted, 0) as exhausted
            from endpoints e
                left join (select endpoint_id, count(*) as waiting from deliveries
                    where tenant = $1 and state = 'WAITING' and tries >= $3 group by endpoint_id) w on w.endpoint_id = e.id
                left join (select endpoint_id, count(*) as exhausted from deliveries
                    where tenant = $1 and state = 'EXHAUSTED' and finished_at > $2 group by endpoint_id) x
                    on x.endpoint_id = e.id
            where e.tenant = $1 and (w.waiting > 0 or x.exhausted > 0)
            order by e.url
            """;

    private final Pool pool;
    private final InstantSource clock;

    EndpointTroubles(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * An endpoint that fails.
     *
     * @param waiting messages that were tried in vain several times and will be tried again
     * @param exhausted messages that were given up in the last 24 hours
     */
    public record FailingEndpoint(
            EndpointId endpoint, String url, Optional<String> disabledReason, long waiting, long exhausted) {}

    public Uni<List<FailingEndpoint>> read(Tenant tenant) {
        return pool.preparedQuery(QUERY)
                .execute(Tuple.of(tenant.name(), clock.instant().minus(LATELY).atOffset(ZoneOffset.UTC), TRIES_MIN))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new FailingEndpoint(
                                new EndpointId(row.getUUID("id")),
                                row.getString("url"),
                                Optional.ofNullable(row.getString("disabled_reason")),
                                row.getLong("waiting"),
                                row.getLong("exhausted")))
                        .toList());
    }
}
