package org.saminversion.gateway.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;
import org.saminversion.inversion.failure.JobFailure;

/** What stood on a line. Numbers are those of the lines of the manifest, or of the files of an archive without one; from 1. */
public sealed interface CatalogueLine {
    long number();

    /** Where the photograph of a row is. */
    sealed interface Photograph {}

    /** In the upload. */
    record Enclosed(byte[] bytes) implements Photograph {}

    /** Elsewhere. */
    record Linked(URI address) implements Photograph {}

    /** @param settings what the row says beside its picture and name, as the JSON of a single submission has it */
    record Row(long number, String customId, Photograph photograph, ObjectNode settings) implements CatalogueLine {}

    /** @param customId if it could be read */
    record Wrong(long number, Optional<String> customId, JobFailure.Rejected reason) implements CatalogueLine {}
}
