package org.saminversion.gateway.batches;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import org.saminversion.gateway.catalogue.CatalogueLine;
import org.saminversion.gateway.submissions.RequestReader;
import org.saminversion.gateway.submissions.SubmissionCheck;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.JobSettings;
import org.saminversion.model.batch.NewItem;

/** Checks rows of catalogues by the rules of single submissions. */
@ApplicationScoped
class BatchItemCheck {
    private final RequestReader reader;
    private final SubmissionCheck check;

    BatchItemCheck(RequestReader reader, SubmissionCheck check) {
        this.reader = reader;
        this.check = check;
    }

    /** @throws JobFailure.Rejected if a row that says nothing itself would be wrong */
    void requireSound(ObjectNode defaults) {
        check.settings(reader.readSettings(defaults));
    }

    /**
     * @param defaults settings where the row names none
     * @throws JobFailure.Rejected with the first thing that is wrong
     */
    NewItem check(CatalogueLine.Row row, ObjectNode defaults) {
        ObjectNode merged = defaults.deepCopy();
        merged.setAll(row.settings());
        JobSettings settings = check.settings(reader.readSettings(merged));
        return new NewItem(row.number(), row.customId(), picture(row.photograph()), settings, check.needsMap(settings));
    }

    private NewItem.Picture picture(CatalogueLine.Photograph photograph) {
        if (photograph instanceof CatalogueLine.Linked linked) {
            return new NewItem.Remote(linked.address());
        }
        byte[] bytes = ((CatalogueLine.Enclosed) photograph).bytes();
        return new NewItem.Stored(bytes, check.mediaType(bytes));
    }
}
