package org.saminversion.model.view;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import org.saminversion.model.Tenant;
import org.saminversion.model.lifecycle.JobState;

/** How many jobs a tenant has, and how fast they end. */
@ApplicationScoped
public class JobStatistics {
    private final Pool pool;

    JobStatistics(Pool pool) {
        this.pool = pool;
    }

    public Uni<JobCounts> counts(Tenant tenant) {
        return pool.preparedQuery("select state, count(*) as jobs from jobs where tenant = $1 group by state")
                .execute(Tuple.of(tenant.name()))
                .map(rows -> {
                    Map<JobState, Long> byState = new EnumMap<>(JobState.class);
                    for (JobState state : JobState.values()) {
                        byState.put(state, 0L);
                    }
                    for (Row row : rows) {
                        byState.put(JobState.valueOf(row.getString("state")), row.getLong("jobs"));
                    }
                    return new JobCounts(byState);
                });
    }
}
