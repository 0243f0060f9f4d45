package org.saminversion.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One edited picture that was asked for after the inversion had succeeded.
 *
 * @param number from 1, in the order of the requests
 * @param parts all of them add up before the one rendering
 * @param preview whether it is deleted soon, because somebody only tries it
 */
public record EditRendering(
        JobId job,
        int number,
        State state,
        List<EditPart> parts,
        boolean preview,
        Optional<Failure> failure,
        Instant created,
        Optional<Instant> finished) {
    /** How far it is; DONE and FAILED are final. */
    public enum State {
        PENDING,
        DONE,
        FAILED
    }
}
