package org.saminversion.model.study;

import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.saminversion.model.Artefact;
import org.saminversion.model.JobId;
import org.saminversion.model.JobQuality;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.JobMapping;

/** Which photographs were inverted in several ways, and how. Only inversions that have succeeded count. */
@ApplicationScoped
public class ComparisonStore {
    public static final int LISTED_MAX = 100;

    /** Inversions of one photograph that differ in these are set beside each other. */
    private static final String SETTINGS = "bundle, method, tau, steps, settings";

    private final Pool database;

    ComparisonStore(Pool database) {
        this.database = database;
    }

    /** Photographs with at least two settings, those with the latest inversions first. */
    public Uni<List<ComparedPhotograph>> photographs(Tenant tenant) {
        return database.preparedQuery("select input_sha256, count(distinct (" + SETTINGS + "))::int as variants,"
                        + " (array_agg(id order by finished_at desc))[1] as latest, max(finished_at) as finished"
                        + " from jobs where tenant = $1 and state = 'SUCCEEDED' group by input_sha256"
                        + " having count(distinct (" + SETTINGS + ")) > 1 order by finished desc limit $2")
                .execute(Tuple.of(tenant.name(), LISTED_MAX))
                .map(rows -> all(rows, ComparisonStore::photograph));
    }

    /** The newest inversion of a photograph with each of its settings, in the order of {@link #SETTINGS}. */
    public Uni<List<ComparedJob>> inversions(Tenant tenant, String photographSha256) {
        return database.preparedQuery("select distinct on (" + SETTINGS + ") *, shares::text as shares_text,"
                        + " extract(epoch from finished_at - started_at)::float8 as seconds,"
                        + " exists (select 1 from artefacts where job_id = jobs.id and name = '" + Artefact.MAP_PICTURE
                        + "') as has_map"
                        + " from jobs where tenant = $1 and input_sha256 = $2 and state = 'SUCCEEDED'"
                        + " order by " + SETTINGS + ", finished_at desc limit $3")
                .execute(Tuple.of(tenant.name(), photographSha256, LISTED_MAX))
                .map(rows -> all(rows, ComparisonStore::inversion));
    }

    /** What can be compared: those that have inverted most photographs first. */
    public Uni<List<ContenderCount>> contenders(Tenant tenant) {
        return database.preparedQuery("select " + SETTINGS + ", count(distinct input_sha256) as photographs"
                        + " from jobs where tenant = $1 and state = 'SUCCEEDED' group by " + SETTINGS
                        + " order by photographs desc, " + SETTINGS + " limit $2")
                .execute(Tuple.of(tenant.name(), LISTED_MAX))
                .map(rows -> all(rows, ComparisonStore::contender));
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }

    private static ComparedPhotograph photograph(Row row) {
        return new ComparedPhotograph(
                row.getString("input_sha256"),
                row.getInteger("variants"),
                new JobId(row.getUUID("latest")),
                row.getOffsetDateTime("finished").toInstant());
    }

    private static ComparedJob inversion(Row row) {
        return new ComparedJob(
                new JobId(row.getUUID("id")),
                row.getString("bundle"),
                row.getString("method"),
                row.getDouble("tau"),
                row.getInteger("steps"),
                ChosenSettings.read(row, "settings").orElseThrow(),
                row.getBoolean("has_map"),
                new JobQuality(row.getDouble("psnr_decibel"), row.getDouble("lpips")),
                JobMapping.read(row.getString("shares_text"), new TypeReference<>() {}),
                Duration.ofMillis(Math.round(1000 * row.getDouble("seconds"))),
                row.getOffsetDateTime("finished_at").toInstant());
    }

    private static ContenderCount contender(Row row) {
        return new ContenderCount(
                row.getString("bundle"),
                new Contender(
                        row.getString("method"),
                        Optional.of(row.getDouble("tau")),
                        Optional.of(row.getInteger("steps")),
                        ChosenSettings.read(row, "settings")),
                row.getLong("photographs"));
    }
}
