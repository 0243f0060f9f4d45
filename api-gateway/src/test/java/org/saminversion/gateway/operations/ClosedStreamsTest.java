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
    void everythingElseIsLogged() {
        assertTrue(isLogged(FRAMEWORK, new IOException("disk")));
        assertTrue(isLogged(FRAMEWORK, null));
        assertTrue(isLogged("org.saminversion.gateway", new ClosedChannelException()));
    }

    private static boolean isLogged(String logger, Throwable thrown) {
        LogRecord record = new LogRecord(Level.SEVERE, "something");
        record.setLoggerName(logger);
        record.setThrown(thrown);
        return new ClosedStreams().isLoggable(record);
    }
}
