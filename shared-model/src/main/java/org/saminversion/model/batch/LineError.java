package org.saminversion.model.batch;

import java.util.Optional;

/**
 * A line that was refused.
 *
 * @param line from 1
 * @param customId the caller's name for it, if it could be read
 * @param kind names a page in docs/problems
 */
public record LineError(long line, Optional<String> customId, String kind, String detail) {}
