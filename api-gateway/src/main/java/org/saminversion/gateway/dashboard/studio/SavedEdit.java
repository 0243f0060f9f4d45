package org.saminversion.gateway.dashboard.studio;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.saminversion.model.Artefact;
import org.saminversion.model.EditPart;
import org.saminversion.model.EditRendering;

/**
 * An edit that somebody saved.
 *
 * @param artefact name of its picture
 * @param picture where that is
 * @param what in words, such as smile 1.5, pca-00 -2
 * @param json the edit as a request has it, for the sliders
 */
public record SavedEdit(String artefact, String picture, String what, String json) {
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record Part(String direction, double strength, Optional<List<Integer>> layers) {}

    /** @param styles of the generator: layers that are all of them go without saying */
    static SavedEdit of(EditRendering rendering, int styles, ObjectMapper json) {
        String artefact = Artefact.rendering(rendering.number());
        return new SavedEdit(
                artefact,
                "/v1/inversions/" + rendering.job() + "/artefacts/" + artefact,
                rendering.parts().stream()
                        .map(part -> part.direction() + " " + part.strength())
                        .collect(Collectors.joining(", ")),
                json(rendering.parts(), styles, json));
    }

    private static String json(List<EditPart> parts, int styles, ObjectMapper json) {
        try {
            return json.writeValueAsString(parts.stream()
                    .map(part -> new Part(
                            part.direction(),
                            part.strength(),
                            part.layersStart() == 0 && part.layersEnd() == styles
                                    ? Optional.empty()
                                    : Optional.of(List.of(part.layersStart(), part.layersEnd()))))
                    .toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of ours does not turn into JSON", e);
        }
    }
}
