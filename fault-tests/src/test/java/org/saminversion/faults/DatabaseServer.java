package org.saminversion.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.saminversion.embedded.EmbeddedDatabase;

/** PostgreSQL on one folder and one port, through all its deaths. */
final class DatabaseServer implements AutoCloseable {
    static final String USER = "postgres";

    private final Path folder;
    private final int port;
    private EmbeddedDatabase server;

    DatabaseServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Starts the server, after whatever end its last run met. */
    void start() throws IOException {
        if (server != null) {
            // Lets go of the folder, which is locked by whoever started the server before.
            server.close();
        }
        server = EmbeddedDatabase.start(folder, port);
    }

    String address() {
        return "127.0.0.1:" + port + "/postgres";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + address() + "?connectTimeout=5", USER, USER);
    }

    /** SIGKILL to the main process: all its children end at once, and the next start recovers from the log. */
    void kill() throws IOException {
        Signals.send("KILL", pid());
    }

    /** Freezes the main process and all its connections: clients wait, and are told nothing. */
    void freeze() throws IOException {
        ProcessHandle main = ProcessHandle.of(pid()).orElseThrow();
        Signals.send("STOP", main.pid());
        for (ProcessHandle child : main.children().toList()) {
            Signals.send("STOP", child.pid());
        }
    }

    void thaw() throws IOException {
        ProcessHandle main = ProcessHandle.of(pid()).orElseThrow();
        for (ProcessHandle child : main.children().toList()) {
            Signals.send("CONT", child.pid());
        }
        Signals.send("CONT", main.pid());
    }

    private long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip());
    }

    boolean isAlive() throws IOException {
        return Files.exists(folder.resolve("data/postmaster.pid"))
                && ProcessHandle.of(pid()).isPresent();
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
