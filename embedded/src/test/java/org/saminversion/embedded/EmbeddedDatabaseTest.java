package org.saminversion.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void keepsRowsOverARestartAndOverAServerThatWasLeftBehind() throws Exception {
        assertEquals(0, dieWithoutClosing(folder));
        long abandonedServer = serverProcess();
        assertTrue(ProcessHandle.of(abandonedServer).isPresent());

        try (EmbeddedDatabase next = EmbeddedDatabase.start(folder)) {
            assertFalse(ProcessHandle.of(abandonedServer)
                    .map(ProcessHandle::isAlive)
                    .orElse(false));
            assertEquals("on", query(next, "show fsync"));
            assertEquals("on", query(next, "show synchronous_commit"));
            assertEquals("still here", query(next, "select word from kept"));
        }
    }

    /** As after kill -9: the JVM is gone, its PostgreSQL server is not. */
    private static int dieWithoutClosing(Path folder) throws Exception {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedDatabaseTest.class.getName(),
                        folder.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
        query(database, "create table kept (word text); insert into kept values ('still here'); select 'done'");
        Runtime.getRuntime().halt(0);
    }

    private long serverProcess() throws Exception {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip());
    }

    private static String query(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + database.address(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
