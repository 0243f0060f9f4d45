package org.saminversion.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What the database says about all jobs: the truth that callers rely on. */
final class Audit {
    private static final String FINAL = "('SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED')";

    private final DatabaseServer database;

    Audit(DatabaseServer database) {
        this.database = database;
    }

    /** A run that its worker left behind. @param checkpoint steps that were saved, 0 if none was */
    record LeftRun(UUID job, int checkpoint, long version) {}

    Map<String, Long> jobsByState() throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        query("select state, count(*) from jobs group by state", row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }

    long unfinished() throws SQLException {
        return number("select count(*) from jobs where state not in " + FINAL);
    }

    List<UUID> jobs() throws SQLException {
        List<UUID> ids = new ArrayList<>();
        query("select id from jobs", row -> ids.add(row.getObject(1, UUID.class)));
        return ids;
    }

    /** Numbers of the events of each job that tell its state, in order. */
    Map<UUID, List<Long>> stateEvents() throws SQLException {
        Map<UUID, List<Long>> events = new TreeMap<>();
        query(
                "select job_id, number from job_events where kind = 'state' order by job_id, number",
                row -> events.computeIfAbsent(row.getObject(1, UUID.class), job -> new ArrayList<>())
                        .add(row.getLong(2)));
        return events;
    }

    /** Jobs that were told to be over more or less often than once. */
    List<String> notFinishedOnce() throws SQLException {
        return texts("select j.id || ' ' || count(e.number) from jobs j left join job_events e on e.job_id = j.id"
                + " and e.kind = 'state' and e.body ->> 'state' in " + FINAL
                + " group by j.id having count(e.number) <> 1");
    }

    /** Jobs whose events are not numbered 1, 2, 3 and so on. */
    List<String> withGapsInTheirEvents() throws SQLException {
        return texts("select job_id || ' ' || max(number) || ' ' || count(*) from job_events group by job_id"
                + " having max(number) <> count(*) or min(number) <> 1");
    }

    /** Jobs that succeeded without each of their steps being reported exactly once. */
    List<String> withoutEveryStepOnce() throws SQLException {
        return texts("select id || ' ' || count(told.step) || ' of ' || steps from jobs left join lateral (select"
                + " (loss ->> 'step')::int as step from loss_chunks c, jsonb_array_elements(c.losses -> 'losses') loss"
                + " where c.job_id = jobs.id) told on true where state = 'SUCCEEDED' group by id, steps"
                + " having count(told.step) <> steps or count(distinct told.step) <> steps"
                + " or max(told.step) <> steps - 1");
    }

    /** Orders of which not all jobs have the very same latents, to the last bit. */
    List<String> ordersWithDifferentLatents() throws SQLException {
        return texts("select j.method || ' ' || j.steps || ' ' || j.seed || ': ' || count(distinct a.sha256) || ' of '"
                + " || count(*) from jobs j left join artefacts a on a.job_id = j.id and a.name = 'latents.safetensors'"
                + " where j.state = 'SUCCEEDED' group by j.bundle, j.method, j.steps, j.seed, j.settings"
                + " having count(distinct a.sha256) <> 1 or count(a.sha256) <> count(*)");
    }

    /** Results of jobs that moved: compared with those that did not, by {@link #ordersWithDifferentLatents}. */
    long moved() throws SQLException {
        return number("select count(*) from jobs where attempts > 1");
    }

    /** Times that a worker took up the only job. */
    long attempts() throws SQLException {
        return number("select attempts from jobs");
    }

    /** Steps in the checkpoint of the only job, 0 if it has none. */
    int savedSteps() throws SQLException {
        return (int) number("select coalesce(max(step), 0) from checkpoints");
    }

    /** How much of the only job's map, 0 to 1, is in its checkpoint: what was reported just before that was written. */
    double savedMap() throws SQLException {
        return fraction("select max((e.body ->> 'progress')::float8) from job_events e join checkpoints c"
                + " on c.job_id = e.job_id where e.body ->> 'stage' = 'MAP' and e.created_at <= c.created_at");
    }

    /** How much of the only job's map was told to be done first after an event. @param version number of that event */
    double firstOfMapAfter(long version) throws SQLException {
        return fraction("select min((body ->> 'progress')::float8) from job_events where body ->> 'stage' = 'MAP'"
                + " and number > " + version);
    }

    /** Number of the only job's latest event. */
    long version() throws SQLException {
        return number("select version from jobs");
    }

    /** The fence of the only job. */
    long fence() throws SQLException {
        return number("select fence from leases");
    }

    /** The runs of a worker that cannot go on. */
    List<LeftRun> runsOf(ServerProcess worker) throws SQLException {
        List<LeftRun> runs = new ArrayList<>();
        query(
                "select j.id, coalesce(c.step, 0), j.version from jobs j join leases l on l.job_id = j.id"
                        + " left join checkpoints c on c.job_id = j.id where j.state = 'RUNNING' and l.owner like '%@"
                        + worker.pid() + "'",
                row -> runs.add(new LeftRun(row.getObject(1, UUID.class), row.getInt(2), row.getLong(3))));
        return runs;
    }

    /** The first step that was reported after the run was left; beyond its checkpoint only if it went on from there. */
    int firstStepAfter(LeftRun run) throws SQLException {
        return (int) number("select coalesce(min((body ->> 'step')::int), -1) from job_events where job_id = '"
                + run.job() + "' and number > " + run.version() + " and body ->> 'stage' = 'RUN'");
    }

    @FunctionalInterface
    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        query(sql, row -> texts.add(row.getString(1)));
        return texts;
    }

    private long number(String sql) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        query(sql, row -> numbers.add(row.getLong(1)));
        return numbers.get(0);
    }

    /** 0 if there is none. */
    private double fraction(String sql) throws SQLException {
        List<Double> fractions = new ArrayList<>();
        query(sql, row -> fractions.add(row.getDouble(1)));
        return fractions.get(0);
    }

    private void query(String sql, Row reader) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }
}
