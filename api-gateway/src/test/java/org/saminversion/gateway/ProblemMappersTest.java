package org.saminversion.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.hibernate.exception.GenericJDBCException;
import org.junit.jupiter.api.Test;

class ProblemMappersTest {
    @Test
    void aDatabaseThatHasNoRoomIsTroubleThatPasses() {
        assertEquals(503, statusOf("could not extend file: No space left on device", "53100"));
        assertEquals(503, statusOf("the database system is shutting down", "57P03"));
    }

    @Test
    void aStatementThatIsWrongIsAMistakeOfOurs() {
        assertEquals(500, statusOf("duplicate key value violates unique constraint", "23505"));
        assertEquals(500, statusOf("nobody knows", null));
    }

    private static int statusOf(String message, String sqlState) {
        return ProblemMappers.answerTo(
                        new GenericJDBCException("could not execute batch", new SQLException(message, sqlState)))
                .getStatus();
    }
}
