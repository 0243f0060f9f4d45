package org.saminversion.gateway.batches;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.saminversion.gateway.catalogue.Catalogue;
import org.saminversion.gateway.catalogue.CatalogueLine;
import org.saminversion.gateway.catalogue.Catalogues;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Failure;
import org.saminversion.model.batch.IntakeLost;
import org.saminversion.model.batch.IntakeStore;
import org.saminversion.model.batch.IntakeStore.Intake;
import org.saminversion.model.batch.UploadStore;

/**
 * Checks the lines of finished uploads, one batch at a time in each gateway. What was checked before a gateway died is not
 * checked again.
 */
@ApplicationScoped
class BatchIntake {
    private static final Logger LOG = Logger.getLogger(BatchIntake.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final IntakeStore store;
    private final UploadStore uploads;
    private final BatchItemCheck check;
    private final ObjectMapper json;
    private final long itemsMax;
    private final PollingThread thread = new PollingThread("batch-intake", POLL, this::checkNext);

    BatchIntake(
            IntakeStore store,
            UploadStore uploads,
            BatchItemCheck check,
            ObjectMapper json,
            @ConfigProperty(name = "sam.batches.items-max") long itemsMax) {
        this.store = store;
        this.uploads = uploads;
        this.check = check;
        this.json = json;
        this.itemsMax = itemsMax;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.stop();
    }

    /** To be called when an upload was finished, so that it need not wait for the next look. */
    void wake() {
        thread.wake();
    }

    /** Returns whether there was a batch to check. */
    private boolean checkNext() {
        Optional<Intake> intake = Waiting.forStore(store.claim());
        intake.ifPresent(this::settle);
        return intake.isPresent();
    }

    private void settle(Intake intake) {
        try {
            checkLines(intake);
        } catch (IntakeLost e) {
            LOG.infof("%s", e.getMessage());
        } catch (JobFailure.Rejected e) {
            refuse(intake, new Failure(e.kind(), e.getMessage()));
        } catch (IOException | JobFailure.Transient e) {
            LOG.warnf(
                    "The check of batch %s broke off and is tried again later: %s",
                    intake.batch().id(), e);
        }
    }

    private void refuse(Intake intake, Failure failure) {
        try {
            Waiting.forStore(store.refuse(intake, failure));
        } catch (IntakeLost e) {
            LOG.infof("%s", e.getMessage());
        }
    }

    private void checkLines(Intake intake) throws IOException {
        ObjectNode defaults = (ObjectNode) json.readTree(intake.batch().defaults());
        try (UploadChannel upload = new UploadChannel(uploads, intake.batch());
                Catalogue catalogue = Catalogues.open(intake.batch().format(), upload, json)) {
            CheckedLines found = new CheckedLines(store, intake);
            long line = 0;
            for (Optional<CatalogueLine> next = catalogue.next(); next.isPresent(); next = catalogue.next()) {
                if (thread.isStopping()) {
                    found.flush();
                    Waiting.forStore(store.handBack(intake));
                    return;
                }
                if (++line > itemsMax) {
                    throw new JobFailure.Rejected(
                            "batch-too-large", "The catalogue has more than " + itemsMax + " items. Split it.");
                }
                if (line > intake.batch().linesRead()) {
                    add(found, next.get(), defaults);
                }
            }
            found.flush();
            Waiting.forStore(store.finish(intake));
        }
    }

    private void add(CheckedLines found, CatalogueLine line, ObjectNode defaults) {
        if (line instanceof CatalogueLine.Wrong wrong) {
            found.refuse(wrong.number(), wrong.customId(), wrong.reason());
            return;
        }
        CatalogueLine.Row row = (CatalogueLine.Row) line;
        try {
            found.accept(check.check(row, defaults));
        } catch (JobFailure.Rejected e) {
            found.refuse(row.number(), Optional.of(row.customId()), e);
        }
    }
}
