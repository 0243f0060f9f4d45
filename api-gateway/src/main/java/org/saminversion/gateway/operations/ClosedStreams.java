package org.saminversion.gateway.operations;

import io.quarkus.logging.LoggingFilter;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps out of the log that a caller left while a stream of events was written to them: whoever closes a page of the dashboard does
 * so. The web framework calls it an error, and Netty warns that what was half written fails twice.
 */
@LoggingFilter(name = "closed-streams")
public final class ClosedStreams implements Filter {
    private static final String FRAMEWORK = "org.jboss.resteasy.reactive.";
    private static final String NETTY = "io.netty.";
    private static final String FAILED_TWICE = "Failed to mark a promise as failure";

    @Override
    public boolean isLoggable(LogRecord record) {
        return !isOfFramework(record) && !isOfNetty(record);
    }

    private static boolean isOfFramework(LogRecord record) {
        return record.getThrown() instanceof ClosedChannelException && isFrom(FRAMEWORK, record);
    }

    private static boolean isOfNetty(LogRecord record) {
        String message = String.valueOf(record.getMessage());
        return message.startsWith(FAILED_TWICE) && message.contains("ClosedChannelException") && isFrom(NETTY, record);
    }

    private static boolean isFrom(String packages, LogRecord record) {
        return record.getLoggerName() != null && record.getLoggerName().startsWith(packages);
    }
}
