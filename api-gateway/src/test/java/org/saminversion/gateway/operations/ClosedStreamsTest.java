package org.saminversion.gateway.operations;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** What is left out of the log, and what is not. */
class ClosedStreamsTest {
    private static final String FRAMEWORK = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    @Test
    void thatAReaderLeftIsNoError() {
        assertFalse(isLogged(FRAMEWORK, new ClosedChannelException()));
    }

    @Test
    void norThatWhatWasHalfWrittenFailsTwice() {
        String netty = "io.netty.util.concurrent.PromiseCombiner";
        assertFalse(new ClosedStreams()
                .isLoggable(record(
                        netty,
                        "Failed to mark a promise as failure because it has failed already:"
                                + " DefaultChannelPromise@412fd1d8(failure: StacklessClosedChannelException)",
                        null)));
        assertTrue(new ClosedStreams()
                .isLoggable(record(netty, "Failed to mark a promise as failure: OutOfMemoryError", null)));
    }

    @Test
    void everythingElseIsLogged() {
        assertTrue(isLogged(FRAMEWORK, new IOException("disk")));
        assertTrue(isLogged(FRAMEWORK, null));
        assertTrue(isLogged("org.saminversion.gateway", new ClosedChannelException()));
    }

    private static boolean isLogged(String logger, Throwable thrown) {
        return new ClosedStreams().isLoggable(record(logger, "something", thrown));
    }

    private static LogRecord record(String logger, String message, Throwable thrown) {
        LogRecord record = new LogRecord(Level.SEVERE, message);
        record.setLoggerName(logger);
        record.setThrown(thrown);
        return record;
    }
}
