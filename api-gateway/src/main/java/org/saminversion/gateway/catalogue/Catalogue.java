package org.saminversion.gateway.catalogue;

import java.io.IOException;
import java.util.Optional;

/** The lines of one upload, in order, without holding them in memory. A wrong line does not keep the next from being read. */
public interface Catalogue extends AutoCloseable {
    /**
     * Empty after the last line.
     *
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if no further line can be read
     */
    Optional<CatalogueLine> next() throws IOException;

    @Override
    default void close() throws IOException {}
}
