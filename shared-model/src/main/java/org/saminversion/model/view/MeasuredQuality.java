package org.saminversion.model.view;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.saminversion.model.Tenant;

/** How well the latest inversions of a tenant came out, by bundle and method. */
@ApplicationScoped
public class MeasuredQuality {
    /** The latest jobs that are looked at. */
    public static final int JOBS_MAX = 5_000;

    private static final String QUERY = """
            select bundle, method, count(*) as jobs, avg(psnr_decibel) as psnr, avg(lpips) as lpips,
                percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at)) as seconds
            from (select * from jobs where tenant = $1 order by created_at desc, id desc limit $2) latest
            where state = 'SUCCEEDED' and psnr_decibel is not null
            group by bundle, method order by bundle, lpips
            """;

    private final Pool pool;

    MeasuredQuality(Pool pool) {
        this.pool = pool;
    }

    /**
     * Means over jobs that succeeded.
     *
     * @param median from the first take-up by a worker to the end
     */
    public record MethodQuality(
            String bundle, String method, long jobs, double psnrDecibel, double lpips, Duration median) {}

    public Uni<List<MethodQuality>> read(Tenant tenant) {
        return pool.preparedQuery(QUERY)
                .execute(Tuple.of(tenant.name(), JOBS_MAX))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new MethodQuality(
                                row.getString("bundle"),
                                row.getString("method"),
                                row.getLong("jobs"),
                                row.getDouble("psnr"),
                                row.getDouble("lpips"),
                                Duration.ofMillis(
                                        row.getDouble("seconds") == null
                                                ? 0
                                                : Math.round(1000 * row.getDouble("seconds")))))
                        .toList());
    }
}
