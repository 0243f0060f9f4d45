package org.saminversion.bench.comparison;

import java.nio.file.Path;
import java.util.List;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.image.NamedPicture;

/**
 * What is compared.
 *
 * @param pictures of which only a batch is in memory at a time
 * @param batch pictures in one program
 * @param edit by which the quality of edits is judged
 * @param engineChoices choices of the engine that change results, as one word
 * @param folder where results per picture are kept
 */
public record ComparisonPlan(
        List<Variant> variants,
        List<NamedPicture> pictures,
        int batch,
        EditRequest edit,
        String engineChoices,
        Path folder) {
    /** @throws IllegalArgumentException if there is nothing to compare */
    public ComparisonPlan {
        variants = List.copyOf(variants);
        pictures = List.copyOf(pictures);
        if (variants.isEmpty() || pictures.isEmpty() || batch < 1) {
            throw new IllegalArgumentException("a comparison needs a method, a picture and a batch of at least 1");
        }
    }
}
