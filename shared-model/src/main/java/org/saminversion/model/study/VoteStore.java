package org.saminversion.model.study;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.saminversion.model.Content;
import org.saminversion.model.JobId;
import org.saminversion.model.Tenant;

/** What raters may do with a study, without learning which contender is which. */
@ApplicationScoped
public class VoteStore {
    private static final String PAIRS = """
            select p.number, count(v.rater)::int as votes, coalesce(bool_or(v.rater = $3), false) as rated
            from studies s join study_pairs p on p.study_id = s.id
            left join study_votes v on v.study_id = p.study_id and v.pair = p.number
            where s.tenant = $1 and s.id = $2 group by p.number""";

    private final Pool database;
    private final InstantSource clock;

    VoteStore(Pool database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The next pair for this rater; empty if every pair was rated by this rater or by enough others. */
    public Uni<Optional<Ballot>> next(Tenant tenant, Study study, String rater) {
        Blinding blinding = new Blinding(study.seed(), rater);
        return database.preparedQuery(PAIRS)
                .execute(Tuple.of(tenant.name(), study.id().value(), rater))
                .map(rows -> {
                    List<Row> all =
                            StreamSupport.stream(rows.spliterator(), false).toList();
                    List<Integer> open = all.stream()
                            .filter(row -> !row.getBoolean("rated") && row.getInteger("votes") < study.votesPerPair())
                            .map(row -> row.getInteger("number"))
                            .sorted(Comparator.comparing(blinding::rank))
                            .toList();
                    int given = (int)
                            all.stream().filter(row -> row.getBoolean("rated")).count();
                    return open.stream().findFirst().map(pair -> new Ballot(pair, given, open.size()));
                });
    }

    /** The picture that the rater sees on a side of a pair. */
    public Uni<Optional<Content>> picture(Tenant tenant, Study study, int pair, String rater, Side side) {
        Choice choice = new Blinding(study.seed(), rater).at(side, pair);
        return picture(tenant, study, pair, choice == Choice.FIRST ? Picture.FIRST : Picture.SECOND);
    }

    public Uni<Optional<Content>> picture(Tenant tenant, Study study, int pair, Picture role) {
        return database.preparedQuery("select p.media_type, b.bytes from studies s"
                        + " join study_pictures p on p.study_id = s.id join blobs b on b.sha256 = p.sha256"
                        + " where s.tenant = $1 and s.id = $2 and p.pair = $3 and p.role = $4")
                .execute(Tuple.of(tenant.name(), study.id().value(), pair, role.name()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Content(
                                role.name(),
                                row.getString("media_type"),
                                row.getBuffer("bytes").getBytes()))
                        .findFirst());
    }

    /** Stores what the rater chose; a later vote on the same pair takes its place. @return whether there is such a pair */
    public Uni<Boolean> vote(Tenant tenant, Study study, int pair, String rater, Side side) {
        Choice chosen = new Blinding(study.seed(), rater).at(side, pair);
        return database.preparedQuery("insert into study_votes (study_id, pair, rater, chosen, side, created_at)"
                        + " select s.id, p.number, $4, $5, $6, $7 from studies s join study_pairs p on p.study_id = s.id"
                        + " where s.tenant = $1 and s.id = $2 and p.number = $3"
                        + " on conflict (study_id, pair, rater) do update set chosen = excluded.chosen,"
                        + " side = excluded.side, created_at = excluded.created_at")
                .execute(Tuple.tuple()
                        .addString(tenant.name())
                        .addUUID(study.id().value())
                        .addInteger(pair)
                        .addString(rater)
                        .addString(chosen.name())
                        .addString(side.name())
                        .addOffsetDateTime(clock.instant().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** All votes, by pair and rater. */
    public Uni<List<Vote>> votes(Tenant tenant, StudyId study) {
        return database.preparedQuery("select v.*, p.first_job, p.second_job from studies s"
                        + " join study_votes v on v.study_id = s.id"
                        + " join study_pairs p on p.study_id = v.study_id and p.number = v.pair"
                        + " where s.tenant = $1 and s.id = $2 order by v.pair, v.rater")
                .execute(Tuple.of(tenant.name(), study.value()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(VoteStore::vote)
                        .toList());
    }

    private static Vote vote(Row row) {
        return new Vote(
                row.getInteger("pair"),
                row.getString("rater"),
                Choice.valueOf(row.getString("chosen")),
                Side.valueOf(row.getString("side")),
                new JobId(row.getUUID("first_job")),
                new JobId(row.getUUID("second_job")),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
