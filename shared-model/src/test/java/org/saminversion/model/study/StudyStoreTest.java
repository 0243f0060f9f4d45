package org.saminversion.model.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Artefact;
import org.saminversion.model.Content;
import org.saminversion.model.EditOrder;
import org.saminversion.model.JobId;
import org.saminversion.model.JobQuality;
import org.saminversion.model.JobSettings;
import org.saminversion.model.Lane;
import org.saminversion.model.Sha256;
import org.saminversion.model.Submission;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.BackendsResource;
import org.saminversion.model.store.Claim;
import org.saminversion.model.store.ClaimStore;
import org.saminversion.model.store.JobStore;
import org.saminversion.model.store.MovableClock;
import org.saminversion.model.store.RetentionStore;
import org.saminversion.model.store.RunResult;
import org.saminversion.model.store.Stage;
import org.saminversion.model.store.WorkStore;

/** What the stores of comparisons and studies promise, on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class StudyStoreTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Contender SAM = new Contender("sam", Optional.of(0.5), Optional.of(20), Optional.empty());
    private static final Contender W_PLUS =
            new Contender("wplus", Optional.empty(), Optional.empty(), Optional.empty());

    @Inject
    StudyStore studies;

    @Inject
    VoteStore votes;

    @Inject
    ComparisonStore comparisons;

    @Inject
    JobStore jobs;

    @Inject
    ClaimStore claims;

    @Inject
    WorkStore work;

    @Inject
    RetentionStore retention;

    @Inject
    MovableClock clock;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());
    private final Tenant stranger = new Tenant("stranger");

    @Test
    void photographsThatBothHaveInvertedBecomePairs() {
        inverted(1, "sam", List.of());
        inverted(1, "wplus", List.of());
        inverted(2, "sam", List.of());
        inverted(2, "wplus", List.of());
        inverted(3, "sam", List.of());
        Study study = begin(Artefact.RECONSTRUCTION, List.of()).orElseThrow();
        assertEquals(2, study.pairs());
        assertEquals(0, study.votes());
        assertEquals(List.of(study), await(studies.list(tenant)));

        assertEquals(
                1,
                begin(Artefact.RECONSTRUCTION, List.of(Sha256.of(photograph(2))))
                        .orElseThrow()
                        .pairs());
        assertEquals(Optional.empty(), begin(Artefact.RECONSTRUCTION, List.of(Sha256.of(photograph(3)))));
        assertEquals(Optional.empty(), begin("no-such.png", List.of()));
    }

    @Test
    void whatIsChosenAboutAMethodMakesAnotherContender() {
        Map<String, Double> measured = Map.of("measured-map", 1.0);
        inverted(1, "sam", Map.of(), List.of());
        JobId withMeasuredMap = inverted(1, "sam", measured, List.of());

        Contender predicting = new Contender("sam", Optional.of(0.5), Optional.of(20), Optional.of(Map.of()));
        Contender measuring = new Contender("sam", Optional.of(0.5), Optional.of(20), Optional.of(measured));
        assertEquals(
                List.of(predicting, measuring),
                await(comparisons.contenders(tenant)).stream()
                        .map(ContenderCount::contender)
                        .toList());
        assertEquals(2, await(comparisons.photographs(tenant)).get(0).settings());
        assertEquals(
                List.of(Map.of(), measured),
                await(comparisons.inversions(tenant, Sha256.of(photograph(1)))).stream()
                        .map(ComparedJob::chosen)
                        .toList());

        Study study = await(studies.create(tenant, wish(predicting, measuring, Artefact.RECONSTRUCTION, List.of(), 3)))
                .orElseThrow();
        assertEquals(1, study.pairs());
        assertEquals(measuring, study.second());
        Contender any = new Contender("sam", Optional.empty(), Optional.empty(), Optional.empty());
        assertEquals(
                1,
                await(studies.create(tenant, wish(predicting, any, Artefact.RECONSTRUCTION, List.of(), 3)))
                        .orElseThrow()
                        .pairs());
        assertEquals(
                measured,
                await(jobs.find(tenant, withMeasuredMap))
                        .orElseThrow()
                        .settings()
                        .chosen());
    }

    @Test
    void editedPicturesAreOnlyComparedAfterTheSameEdit() {
        inverted(1, "sam", List.of(new EditOrder("smile", 1)));
        inverted(1, "wplus", List.of(new EditOrder("smile", 1)));
        inverted(2, "sam", List.of(new EditOrder("smile", 1)));
        inverted(2, "wplus", List.of(new EditOrder("smile", 2)));
        assertEquals(1, begin(Artefact.edit(0), List.of()).orElseThrow().pairs());
    }

    @Test
    void aRaterIsAskedForEachPairOnceAndTheAnswersAreCounted() {
        Study study = study(3, 2);
        assertEquals(List.of(1, 2, 3), new ArrayList<>(rateAll(study, "ada")));
        assertEquals(3, rateAll(study, "ben").size());
        assertEquals(Set.of(), rateAll(study, "eve"), "each pair has its two raters");

        Preference preference = Preference.of(await(votes.votes(tenant, study.id())), new java.util.Random(1));
        assertEquals(6, preference.votes());
        assertEquals(6, preference.forFirst(), "both chose the picture of the first contender");
        assertEquals(6, await(studies.find(tenant, study.id())).orElseThrow().votes());
    }

    @Test
    void aLaterVoteTakesThePlaceOfAnEarlierOne() {
        Study study = study(1, 3);
        assertTrue(await(votes.vote(tenant, study, 1, "ada", Side.LEFT)));
        assertTrue(await(votes.vote(tenant, study, 1, "ada", Side.RIGHT)));
        Vote only = await(votes.votes(tenant, study.id())).get(0);
        assertEquals(Side.RIGHT, only.side());
        assertEquals(1, await(votes.votes(tenant, study.id())).size());
        assertFalse(await(votes.vote(tenant, study, 2, "ada", Side.LEFT)), "there is no second pair");
    }

    @Test
    void theStudyKeepsItsPicturesWhenTheJobsAreDeleted() {
        Study study = study(1, 1);
        byte[] before = picture(study, Side.LEFT);
        clock.advance(DAY.multipliedBy(3));
        await(retention.deleteExpiredJobs());
        for (int sweep = 0; sweep < 5; sweep++) {
            await(retention.deleteUnnamedBlobs());
        }
        assertArrayEquals(before, picture(study, Side.LEFT));
        assertArrayEquals(
                photograph(1),
                await(votes.picture(tenant, study, 1, Picture.PHOTOGRAPH))
                        .orElseThrow()
                        .bytes());
    }

    @Test
    void aStudyOfAnotherTenantDoesNotExist() {
        Study study = study(1, 1);
        assertEquals(Optional.empty(), await(studies.find(stranger, study.id())));
        assertEquals(List.of(), await(studies.list(stranger)));
        assertEquals(Optional.empty(), await(votes.next(stranger, study, "ada")));
        assertFalse(await(votes.vote(stranger, study, 1, "ada", Side.LEFT)));
        assertEquals(Optional.empty(), await(votes.picture(stranger, study, 1, "ada", Side.LEFT)));
        assertEquals(List.of(), await(votes.votes(stranger, study.id())));
        assertFalse(await(studies.delete(stranger, study.id())));
        assertEquals(Optional.empty(), await(studies.create(stranger, wish(Artefact.RECONSTRUCTION, List.of(), 1))));

        assertTrue(await(studies.delete(tenant, study.id())));
        assertEquals(Optional.empty(), await(studies.find(tenant, study.id())));
    }

    @Test
    void inversionsOfOnePhotographAreFoundByTheirSettings() {
        JobId old = inverted(1, "sam", List.of());
        clock.advance(Duration.ofSeconds(1));
        JobId sam = inverted(1, "sam", List.of());
        JobId wplus = inverted(1, "wplus", List.of());
        inverted(2, "sam", List.of());
        String photograph = Sha256.of(photograph(1));

        assertEquals(
                List.of(photograph),
                await(comparisons.photographs(tenant)).stream()
                        .map(ComparedPhotograph::sha256)
                        .toList());
        List<ComparedJob> found = await(comparisons.inversions(tenant, photograph));
        assertEquals(List.of(sam, wplus), found.stream().map(ComparedJob::id).toList(), "and not " + old);
        assertEquals(new JobQuality(31.5, 0.04), found.get(0).quality());
        assertEquals(Map.of("W+", 1.0), found.get(0).shares());
        assertEquals(
                List.of(2L, 1L),
                await(comparisons.contenders(tenant)).stream()
                        .map(ContenderCount::photographs)
                        .toList());

        assertEquals(List.of(), await(comparisons.photographs(stranger)));
        assertEquals(List.of(), await(comparisons.inversions(stranger, photograph)));
        assertEquals(List.of(), await(comparisons.contenders(stranger)));
    }

    /** Always for the picture of the first contender. @return the pairs that were asked for */
    private Set<Integer> rateAll(Study study, String rater) {
        Set<Integer> rated = new TreeSet<>();
        Optional<Ballot> ballot = await(votes.next(tenant, study, rater));
        while (ballot.isPresent()) {
            int pair = ballot.get().pair();
            assertTrue(rated.add(pair), "pair " + pair + " came twice");
            byte[] left = await(votes.picture(tenant, study, pair, rater, Side.LEFT))
                    .orElseThrow()
                    .bytes();
            byte[] right = await(votes.picture(tenant, study, pair, rater, Side.RIGHT))
                    .orElseThrow()
                    .bytes();
            assertNotEquals(left[0], right[0]);
            await(votes.vote(tenant, study, pair, rater, left[0] == 's' ? Side.LEFT : Side.RIGHT));
            ballot = await(votes.next(tenant, study, rater));
        }
        return rated;
    }

    private byte[] picture(Study study, Side side) {
        return await(votes.picture(tenant, study, 1, "ada", side)).orElseThrow().bytes();
    }

    private Study study(int photographs, int votesPerPair) {
        for (int number = 1; number <= photographs; number++) {
            inverted(number, "sam", List.of());
            inverted(number, "wplus", List.of());
        }
        return await(studies.create(tenant, wish(Artefact.RECONSTRUCTION, List.of(), votesPerPair)))
                .orElseThrow();
    }

    private Optional<Study> begin(String shown, List<String> photographs) {
        return await(studies.create(tenant, wish(shown, photographs, 3)));
    }

    private static NewStudy wish(String shown, List<String> photographs, int votesPerPair) {
        return wish(SAM, W_PLUS, shown, photographs, votesPerPair);
    }

    private static NewStudy wish(
            Contender first, Contender second, String shown, List<String> photographs, int votesPerPair) {
        return new NewStudy(
                new StudyId(UUID.randomUUID()),
                "first trial",
                "Which is closer?",
                "faces64",
                shown,
                first,
                second,
                photographs,
                votesPerPair,
                11);
    }

    /** Pictures begin with the first letter of their method. */
    private JobId inverted(int photograph, String method, List<EditOrder> edits) {
        return inverted(photograph, method, Map.of(), edits);
    }

    private JobId inverted(int photograph, String method, Map<String, Double> chosen, List<EditOrder> edits) {
        JobId id = await(jobs.submit(new Submission(
                        new JobId(UUID.randomUUID()),
                        tenant,
                        Lane.INTERACTIVE,
                        Optional.empty(),
                        Optional.empty(),
                        new JobSettings("faces64", method, 0.5, 20, 7, chosen, edits),
                        false,
                        photograph(photograph),
                        "image/png",
                        DAY,
                        DAY,
                        DAY,
                        Optional.empty(),
                        Optional.empty())))
                .id();
        Claim.Taken taken = assertInstanceOf(Claim.Taken.class, await(claims.claim(id, Stage.RUN, "worker", false)));
        byte[] picture = {(byte) method.charAt(0), (byte) photograph};
        List<Content> pictures = new ArrayList<>(List.of(new Content(Artefact.RECONSTRUCTION, Content.PNG, picture)));
        for (int ordinal = 0; ordinal < edits.size(); ordinal++) {
            pictures.add(new Content(Artefact.edit(ordinal), Content.PNG, picture));
        }
        await(work.finishRun(
                taken.lease(), new RunResult(pictures, new JobQuality(31.5, 0.04), Map.of("W+", 1.0), Map.of())));
        return id;
    }

    private static byte[] photograph(int number) {
        return new byte[] {7, 7, (byte) number};
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(20));
    }
}
