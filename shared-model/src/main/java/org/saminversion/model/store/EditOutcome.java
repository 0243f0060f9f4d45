package org.saminversion.model.store;

import org.saminversion.model.EditRendering;

/** The answer to a caller who asks for a further edit. */
public sealed interface EditOutcome {
    /** It is stored, and a worker is told. */
    record Accepted(EditRendering rendering) implements EditOutcome {}

    /** There is no such job. */
    record NoJob() implements EditOutcome {}

    /** The job has no latents, or not yet. */
    record NoLatents() implements EditOutcome {}

    /** The job has as many renderings as it may. */
    record TooMany() implements EditOutcome {}
}
