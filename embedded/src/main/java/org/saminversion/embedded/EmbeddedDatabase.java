package org.saminversion.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One PostgreSQL server with durable settings, bound to loopback on a free port. */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private static final String USER = "postgres";
    private static final String PASSWORD = "postgres";

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** As {@link #start(Path, int)}, on a free port. */
    public static EmbeddedDatabase start(Path folder) throws IOException {
        return start(folder, FreePort.next());
    }

    /**
     * Starts a server on the folder, creating the cluster on first use. A server that a killed run left behind on the same
     * folder is stopped first; the caller must hold a lock on the folder.
     *
     * @param folder holds {@code data} and the unpacked server in {@code program}
     * @param port on 127.0.0.1
     */
    public static EmbeddedDatabase start(Path folder, int port) throws IOException {
        Path data = folder.resolve("data");
        Path program = folder.resolve("program");
        Files.createDirectories(program);
        LeftoverServer.stop(data);
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(program.toFile())
                // The library's defaults trade durability for speed; a submitted job must survive a power cut.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "100")
                .setServerConfig("log_min_messages", "fatal")
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                // The owner stops the server after the applications that use it.
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_TIMEOUT)
                .start();
        return new EmbeddedDatabase(postgres);
    }

    /** How to connect to a server. */
    public record Login(String address, String user, String password) {}

    /** The server that runs on the folder, started by this or another process; empty if there is none. */
    public static Optional<Login> running(Path folder) throws IOException {
        return LeftoverServer.port(folder.resolve("data")).map(port -> new Login(address(port), USER, PASSWORD));
    }

    /** For example {@code 127.0.0.1:40113/postgres}: what follows {@code jdbc:postgresql://}. */
    public String address() {
        return address(postgres.getPort());
    }

    private static String address(int port) {
        return "127.0.0.1:" + port + "/postgres";
    }

    public String user() {
        return USER;
    }

    /** Not secret: the server listens on loopback only, and its cluster trusts local users. */
    public String password() {
        return PASSWORD;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
