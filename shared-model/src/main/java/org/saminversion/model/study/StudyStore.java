package org.saminversion.model.study;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.saminversion.model.Tenant;

/** What callers may do with preference studies. A study of another tenant does not exist. */
@ApplicationScoped
public class StudyStore {
    /** Photographs of one study; four times as many as the paper's. */
    public static final int PAIRS_MAX = 2_000;

    public static final int LISTED_MAX = 200;

    private static final Pattern EDIT = Pattern.compile("edit-([0-9]{1,4})\\.png");

    /** Newest inversions of each photograph by both contenders; edited pictures only of the same edit. */
    private static final String CREATE = """
            with found as (select distinct on (f.input_sha256) f.input_sha256 as photograph, f.id as first_job, s.id as second_job,
                    i.media_type as photograph_type, fa.sha256 as first_picture, fa.media_type as first_type,
                    sa.sha256 as second_picture, sa.media_type as second_type
                from jobs f
                join jobs s on s.tenant = f.tenant and s.input_sha256 = f.input_sha256 and s.bundle = f.bundle and s.id <> f.id
                join artefacts i on i.job_id = f.id and i.name = 'input'
                join artefacts fa on fa.job_id = f.id and fa.name = $6
                join artefacts sa on sa.job_id = s.id and sa.name = $6
                where f.tenant = $2 and f.state = 'SUCCEEDED' and s.state = 'SUCCEEDED' and f.bundle = $5
                    and f.method = $7 and ($8::float8 is null or f.tau = $8) and ($9::int is null or f.steps = $9)
                    and ($19::jsonb is null or f.settings = $19)
                    and s.method = $10 and ($11::float8 is null or s.tau = $11) and ($12::int is null or s.steps = $12)
                    and ($20::jsonb is null or s.settings = $20)
                    and (cardinality($16::text[]) = 0 or f.input_sha256 = any($16))
                    and ($17::int is null or exists (select 1 from edits fe join edits se
                        on se.direction = fe.direction and se.strength = fe.strength and se.ordinal = fe.ordinal
                        where fe.job_id = f.id and se.job_id = s.id and fe.ordinal = $17))
                order by f.input_sha256, f.created_at desc, s.created_at desc),
            numbered as (select (row_number() over (order by photograph))::int as number, * from found
                order by photograph limit $18),
            study as (insert into studies (id, tenant, name, question, bundle, shown, first_method, first_tau, first_steps,
                    second_method, second_tau, second_steps, votes_per_pair, seed, created_at, first_settings, second_settings)
                select $1, $2, $3, $4, $5, $6, $7, $8::float8, $9::int, $10, $11::float8, $12::int, $13, $14, $15, $19, $20
                where exists (select 1 from numbered)),
            pairs as (insert into study_pairs (study_id, number, first_job, second_job)
                select $1, number, first_job, second_job from numbered),
            pictures as (insert into study_pictures (study_id, pair, role, sha256, media_type)
                select $1, number, 'PHOTOGRAPH', photograph, photograph_type from numbered
                union all select $1, number, 'FIRST', first_picture, first_type from numbered
                union all select $1, number, 'SECOND', second_picture, second_type from numbered)
            select count(*) as pairs from numbered
            """;

    private static final String READ = """
            select *, (select count(*) from study_pairs p where p.study_id = s.id) as pairs,
                (select count(*) from study_votes v where v.study_id = s.id) as votes
            from studies s where tenant = $1""";

    private final Pool database;
    private final InstantSource clock;

    StudyStore(Pool database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Begins a study. @return empty if both contenders have inverted none of the photographs so that they can be compared */
    public Uni<Optional<Study>> create(Tenant tenant, NewStudy study) {
        return database.preparedQuery(CREATE)
                .execute(parameters(tenant, study))
                .chain(rows -> rows.iterator().next().getLong("pairs") == 0
                        ? Uni.createFrom().item(Optional.<Study>empty())
                        : find(tenant, study.id()));
    }

    private Tuple parameters(Tenant tenant, NewStudy study) {
        return Tuple.tuple()
                .addUUID(study.id().value())
                .addString(tenant.name())
                .addString(study.name())
                .addString(study.question())
                .addString(study.bundle())
                .addString(study.shown())
                .addString(study.first().method())
                .addDouble(study.first().tau().orElse(null))
                .addInteger(study.first().steps().orElse(null))
                .addString(study.second().method())
                .addDouble(study.second().tau().orElse(null))
                .addInteger(study.second().steps().orElse(null))
                .addInteger(study.votesPerPair())
                .addLong(study.seed())
                .addOffsetDateTime(clock.instant().atOffset(ZoneOffset.UTC))
                .addArrayOfString(study.photographs().toArray(String[]::new))
                .addInteger(editOrdinal(study.shown()).orElse(null))
                .addInteger(PAIRS_MAX)
                .addJsonObject(ChosenSettings.write(study.first().chosen()))
                .addJsonObject(ChosenSettings.write(study.second().chosen()));
    }

    private static Optional<Integer> editOrdinal(String shown) {
        Matcher edit = EDIT.matcher(shown);
        return edit.matches() ? Optional.of(Integer.valueOf(edit.group(1))) : Optional.empty();
    }

    public Uni<Optional<Study>> find(Tenant tenant, StudyId id) {
        return database.preparedQuery(READ + " and id = $2")
                .execute(Tuple.of(tenant.name(), id.value()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(StudyStore::study)
                        .findFirst());
    }

    /** Newest first, at most {@link #LISTED_MAX}. */
    public Uni<List<Study>> list(Tenant tenant) {
        return database.preparedQuery(READ + " order by created_at desc, id desc limit $2")
                .execute(Tuple.of(tenant.name(), LISTED_MAX))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(StudyStore::study)
                        .toList());
    }

    /** Deletes a study with its votes. @return whether there was one */
    public Uni<Boolean> delete(Tenant tenant, StudyId id) {
        return database.preparedQuery("delete from studies where tenant = $1 and id = $2")
                .execute(Tuple.of(tenant.name(), id.value()))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Study study(Row row) {
        return new Study(
                new StudyId(row.getUUID("id")),
                row.getString("name"),
                row.getString("question"),
                row.getString("bundle"),
                row.getString("shown"),
                contender(row, "first"),
                contender(row, "second"),
                row.getInteger("pairs"),
                row.getInteger("votes_per_pair"),
                row.getLong("seed"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getLong("votes"));
    }

    private static Contender contender(Row row, String which) {
        return new Contender(
                row.getString(which + "_method"),
                Optional.ofNullable(row.getDouble(which + "_tau")),
                Optional.ofNullable(row.getInteger(which + "_steps")),
                ChosenSettings.read(row, which + "_settings"));
    }
}
