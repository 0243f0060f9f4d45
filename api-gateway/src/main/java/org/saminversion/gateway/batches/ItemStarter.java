package org.saminversion.gateway.batches;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.submissions.ImageFetcher;
import org.saminversion.gateway.submissions.SubmissionCheck;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Failure;
import org.saminversion.model.Lane;
import org.saminversion.model.Submission;
import org.saminversion.model.batch.FeedStore;
import org.saminversion.model.batch.ItemToStart;
import org.saminversion.model.store.JobStore;

/** Makes a job of an item of a batch. */
@ApplicationScoped
class ItemStarter {
    private static final Logger LOG = Logger.getLogger(ItemStarter.class);
    private static final int TRIES_MAX = 5;

    private final FeedStore feed;
    private final JobStore jobs;
    private final SubmissionCheck check;
    private final ImageFetcher images;
    private final InstantSource clock;
    private final Duration runTimeout;

    ItemStarter(
            FeedStore feed,
            JobStore jobs,
            SubmissionCheck check,
            ImageFetcher images,
            InstantSource clock,
            @ConfigProperty(name = "sam.jobs.run-timeout") Duration runTimeout) {
        this.feed = feed;
        this.jobs = jobs;
        this.check = check;
        this.images = images;
        this.clock = clock;
        this.runTimeout = runTimeout;
    }

    /** Returns when the item is a job, has failed, or waits for another try. */
    void start(ItemToStart item) {
        try {
            submit(item);
            Waiting.forStore(feed.started(item));
        } catch (JobFailure.Rejected e) {
            Waiting.forStore(feed.fail(item, new Failure(e.kind(), e.getMessage())));
        } catch (JobFailure.Transient e) {
            tryLater(item, e);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "Line %d of batch %s is started again when its claim has run out: %s",
                    item.line(), item.batch(), e);
        }
    }

    /** The item names the job's id: one that a feeder made before it died is found instead of made twice. */
    private void submit(ItemToStart item) {
        if (Waiting.forStore(jobs.find(item.tenant(), item.job())).isPresent()) {
            return;
        }
        byte[] picture = item.remote().isPresent()
                ? images.fetch(item.remote().get().toString())
                : Waiting.forStore(feed.picture(item));
        String mediaType = item.mediaType().orElseGet(() -> check.mediaType(picture));
        Instant now = clock.instant();
        Waiting.forStore(jobs.submit(new Submission(
                item.job(),
                item.tenant(),
                Lane.BULK,
                Optional.of(item.customId()),
                Optional.empty(),
                item.settings(),
                item.needsMap(),
                picture,
                mediaType,
                Duration.between(now, item.deadline()),
                runTimeout,
                Duration.between(now, item.expires()),
                Optional.empty(),
                item.trace())));
    }

    private void tryLater(ItemToStart item, JobFailure.Transient trouble) {
        Failure failure = new Failure("passing-trouble", trouble.getMessage());
        Waiting.forStore(
                item.tries() + 1 >= TRIES_MAX
                        ? feed.fail(item, failure)
                        : feed.putBack(item, failure, Duration.ofSeconds(5L << item.tries())));
    }
}
