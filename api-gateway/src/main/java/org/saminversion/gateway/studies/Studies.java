package org.saminversion.gateway.studies;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotFoundException;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.saminversion.gateway.bundles.Bundles;
import org.saminversion.gateway.bundles.JobMethods;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.method.MethodDescription;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.model.Tenant;
import org.saminversion.model.study.Contender;
import org.saminversion.model.study.NewStudy;
import org.saminversion.model.study.Preference;
import org.saminversion.model.study.Study;
import org.saminversion.model.study.StudyId;
import org.saminversion.model.study.StudyStore;
import org.saminversion.model.study.VoteStore;

/** Preference studies: begins them, finds them, counts them. */
@ApplicationScoped
public class Studies {
    private final Bundles bundles;
    private final StudyStore studies;
    private final VoteStore votes;
    private final RandomGenerator random;
    private final Supplier<UUID> ids = UUID::randomUUID;

    @Inject
    Studies(Bundles bundles, StudyStore studies, VoteStore votes) {
        this(bundles, studies, votes, new SecureRandom());
    }

    private Studies(Bundles bundles, StudyStore studies, VoteStore votes, RandomGenerator random) {
        this.bundles = bundles;
        this.studies = studies;
        this.votes = votes;
        this.random = random;
    }

    /** Blocks. @throws JobFailure.Rejected if the bundle has no such method, or nothing can be compared */
    Study begin(Tenant owner, StudyRequest request) {
        BundleDescription bundle = bundles.describe(request.bundle().orElseGet(bundles::only));
        NewStudy study = new NewStudy(
                new StudyId(ids.get()),
                request.name(),
                request.question(),
                bundle.name(),
                request.shown(),
                known(request.first(), bundle),
                known(request.second(), bundle),
                request.photographs(),
                request.votesPerPair(),
                request.seed().orElseGet(random::nextLong));
        return Waiting.forStore(studies.create(owner, study))
                .orElseThrow(() -> new JobFailure.Rejected(
                        "study-empty",
                        "No photograph has been inverted both with " + study.first() + " and with " + study.second()
                                + " so that both have " + study.shown() + ". Submit it with both settings first."));
    }

    private static Contender known(Contender contender, BundleDescription bundle) {
        MethodDescription method = JobMethods.require(contender.method(), bundle);
        return new Contender(
                method.name(),
                contender.tau(),
                contender.steps(),
                contender
                        .chosen()
                        .map(chosen ->
                                method.differences(new MethodSettings(chosen)).chosen()));
    }

    public Uni<Study> find(Tenant owner, String id) {
        return Waiting.inTime(studies.find(owner, parse(id))).map(found -> found.orElseThrow(() -> missing(id)));
    }

    /** What came of it so far. The same votes always give the same interval. */
    public Uni<Preference> preference(Tenant owner, Study study) {
        return Waiting.inTime(votes.votes(owner, study.id()))
                .map(given -> Preference.of(given, new SplittableRandom(study.seed())));
    }

    static StudyId parse(String id) {
        return StudyId.parse(id).orElseThrow(() -> missing(id));
    }

    static NotFoundException missing(String id) {
        return new NotFoundException("There is no study " + id + ".");
    }
}
