package org.saminversion.model.study;

import java.util.List;

/**
 * A study to begin.
 *
 * @param question what raters are asked
 * @param shown artefact that both jobs of a pair have, such as reconstruction.png
 * @param photographs SHA-256 of the photographs that may be shown; all that both contenders have inverted if empty
 * @param votesPerPair different raters that each pair is shown to
 * @param seed of the order of the pairs and of their sides
 */
public record NewStudy(
        StudyId id,
        String name,
        String question,
        String bundle,
        String shown,
        Contender first,
        Contender second,
        List<String> photographs,
        int votesPerPair,
        long seed) {
    public NewStudy {
        photographs = List.copyOf(photographs);
    }
}
