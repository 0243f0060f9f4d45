package org.saminversion.gateway.edits;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.saminversion.gateway.inversions.InversionsResource;
import org.saminversion.gateway.problems.FailureView;
import org.saminversion.model.Artefact;
import org.saminversion.model.EditPart;
import org.saminversion.model.EditRendering;

/**
 * A further edit of an inversion as callers see it.
 *
 * @param preview whether its picture is deleted after a minute
 * @param picture where the picture is, as soon as there is one
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record EditView(
        int number,
        EditRendering.State state,
        List<PartView> edits,
        boolean preview,
        Optional<String> picture,
        Optional<FailureView> failure,
        Instant createdAt,
        Optional<Instant> finishedAt,
        String self) {
    /** @param layers the first style vector that is moved, and one past the last */
    public record PartView(String direction, double strength, List<Integer> layers) {
        static PartView of(EditPart part) {
            return new PartView(part.direction(), part.strength(), List.of(part.layersStart(), part.layersEnd()));
        }
    }

    static EditView of(EditRendering rendering) {
        String inversion = InversionsResource.PATH + "/" + rendering.job();
        return new EditView(
                rendering.number(),
                rendering.state(),
                rendering.parts().stream().map(PartView::of).toList(),
                rendering.preview(),
                rendering.state() == EditRendering.State.DONE
                        ? Optional.of(inversion + "/artefacts/" + Artefact.rendering(rendering.number()))
                        : Optional.empty(),
                rendering.failure().map(FailureView::of),
                rendering.created(),
                rendering.finished(),
                inversion + "/edits/" + rendering.number());
    }
}
