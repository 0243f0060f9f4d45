package org.saminversion.gateway.operations;

import io.quarkus.logging.LoggingFilter;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps out of the log that a caller left while a stream of events was written to them: whoever closes a page of the dashboard does
 * so. The web framework calls it an error.
 */
@LoggingFilter(name = "closed-streams")
public final class ClosedStreams implements Filter {
    private static final String FRAMEWORK = "org.jboss.resteasy.reactive.";

    @Override
    public boolean isLoggable(LogRecord record) {
        return !(record.getThrown() instanceof ClosedChannelException)
                || record.getLoggerName() == null
                || !record.getLoggerName().startsWith(FRAMEWORK);
    }
}
