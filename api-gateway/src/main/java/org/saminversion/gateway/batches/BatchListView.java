package org.saminversion.gateway.batches;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.saminversion.gateway.http.Cursor;
import org.saminversion.model.batch.BatchPage;
import org.saminversion.model.batch.BatchState;

/** @param next where the next page is; absent on the last */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BatchListView(List<BatchView> items, Optional<String> next) {
    static BatchListView of(BatchPage page, Optional<BatchState> state, int pageSize) {
        return new BatchListView(
                page.batches().stream().map(BatchView::summary).toList(),
                page.next()
                        .map(next -> BatchesResource.PATH + "?limit=" + pageSize
                                + state.map(s -> "&state=" + s).orElse("") + "&after=" + Cursor.write(next)));
    }
}
