package org.saminversion.standalone.serve;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;

/** Jobs that nobody works on, written into the database for measuring the dashboard. */
public final class DashboardLoad {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final String COLUMNS =
            "insert into jobs (id, tenant, lane, state, version, bundle, method, tau, steps, seed,"
                    + " input_sha256, input_media_type, step, progress, psnr_decibel, lpips, created_at, updated_at, started_at,"
                    + " finished_at, message_sent_at, queue_deadline, run_timeout_ms, run_deadline, expires_at)";

    // A week of jobs, one in twenty of which failed.
    private static final String ENDED = COLUMNS + " select gen_random_uuid(), 'default', 'INTERACTIVE',"
            + " case when n % 20 = 0 then 'FAILED' else 'SUCCEEDED' end, 60, 'faces64', 'sam', 0.6, 400, n, repeat('0', 64),"
            + " 'image/png', 400, 1, 24 + n % 7, 0.1, at, at, at, at + interval '20 s', at, at + interval '1 day', 3600000,"
            + " null, at + interval '30 days'"
            + " from (select n, now() - n * interval '6 s' as at from generate_series(1, $1) n) row";

    private static final String LIVE =
            COLUMNS + " select gen_random_uuid(), 'default', 'INTERACTIVE', 'RUNNING', 3, 'faces64',"
                    + " 'sam', 0.6, 100000, n, repeat('0', 64), 'image/png', 0, 0, null, null, now(), now(), now(), null, now(),"
                    + " now() + interval '1 day', 3600000, now() + interval '1 hour', now() + interval '30 days'"
                    + " from generate_series(1, $1) n";

    // What a worker writes when it reports steps: the job, and the message that tells of it.
    private static final String STEP =
            "with moved as (update jobs set step = step + 10, progress = (step + 10.0) / steps,"
                    + " version = version + 1, updated_at = now() where state = 'RUNNING' returning id, version)"
                    + " insert into outbox (tenant, topic, message_key, body, available_at, created_at)"
                    + " select 'default', 'sam.job-events', id::text, version::text, now(), now() from moved";

    private final Pool pool;

    DashboardLoad(Pool pool) {
        this.pool = pool;
    }

    /** Adds jobs that have ended. */
    public void addEnded(int jobs) {
        run(ENDED, jobs);
        pool.query("vacuum analyze jobs").execute().await().atMost(TIMEOUT);
    }

    /** Adds jobs that run; {@link #step} moves them. */
    public void addLive(int jobs) {
        run(LIVE, jobs);
    }

    /** Reports some steps of every running job. */
    public void step() {
        pool.query(STEP).execute().await().atMost(TIMEOUT);
    }

    private void run(String sql, int jobs) {
        pool.preparedQuery(sql).execute(Tuple.of(jobs)).await().atMost(TIMEOUT);
    }
}
