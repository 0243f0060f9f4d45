package org.saminversion.outbound;

import java.util.Optional;

/**
 * The answer to a request.
 *
 * @param retryAfter the header of that name, as it came
 * @param excerpt the first bytes of the body
 */
public record OutboundAnswer(int status, Optional<String> retryAfter, byte[] excerpt) {}
