package org.saminversion.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saminversion.embedded.FreePort;

/** Broker, database, gateways and workers, each a process with a port that it keeps over restarts. */
final class Cluster implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final String HEALTH = "/q/health/ready";

    private final Path folder;
    private final DatabaseServer database;
    private final int brokerPort = FreePort.next();
    private final int controllerPort = FreePort.next();
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Map<String, ServerProcess> processes = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /** One service, however often it is started. @param environment variables that it reads its settings from */
    private record Server(List<String> command, int port, Map<String, String> environment) {}

    /** Starts broker and database; services are added one by one. @param folder takes all other data and logs */
    Cluster(Path folder, Path databaseFolder) throws IOException {
        this.folder = folder;
        TinyBundle.create(folder.resolve("bundles"));
        Files.createDirectories(folder.resolve("log"));
        database = new DatabaseServer(databaseFolder, FreePort.next());
        try {
            database.start();
            startBroker();
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    DatabaseServer database() {
        return database;
    }

    ServerProcess broker() {
        return processes.get("broker");
    }

    /** Gives the services a bundle of the project besides the tiny one. */
    void addBundle(String name) throws IOException {
        Files.createSymbolicLink(
                folder.resolve("bundles").resolve(name),
                projectRoot().resolve("models").resolve(name));
    }

    /** The broker is ready when the clients say so: they try again until it answers. */
    void startBroker() throws IOException {
        List<String> command = java("-Xmx256m");
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                BrokerMain.class.getName(),
                folder.resolve("kafka").toString(),
                Integer.toString(brokerPort),
                Integer.toString(controllerPort)));
        processes.put("broker", ServerProcess.start("broker", log("broker"), command, Map.of()));
    }

    /**
     * Starts a service that is new, and does not wait.
     *
     * @param module its folder in the project, such as {@code gpu-worker}
     * @param environment settings besides those that say where everything is
     */
    void add(String name, String module, Map<String, String> environment) throws IOException {
        List<String> command = java("-Xmx384m");
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                projectRoot()
                        .resolve(module)
                        .resolve("target/quarkus-app/quarkus-run.jar")
                        .toString()));
        add(name, command, environment);
    }

    /** Starts a service as users do. @param arguments of the script */
    void addByScript(String name, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(projectRoot().resolve("sam").toString()));
        command.addAll(List.of(arguments));
        add(name, command, Map.of());
    }

    private void add(String name, List<String> command, Map<String, String> environment) throws IOException {
        int port = FreePort.next();
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        all.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + brokerPort);
        all.put("SAM_DATABASE_ADDRESS", database.address());
        all.put("SAM_DATABASE_USER", DatabaseServer.USER);
        all.put("SAM_DATABASE_PASSWORD", DatabaseServer.USER);
        all.put("SAM_BUNDLES", folder.resolve("bundles").toString());
        servers.put(name, new Server(command, port, all));
        start(name);
    }

    /** Starts a service again that has ended. */
    void start(String name) throws IOException {
        Server server = servers.get(name);
        processes.put(name, ServerProcess.start(name, log(name), server.command(), server.environment()));
    }

    ServerProcess process(String name) {
        return processes.get(name);
    }

    URI address(String name) {
        return URI.create("http://127.0.0.1:" + servers.get(name).port());
    }

    void awaitReady(String name) {
        Patience.until(START_TIMEOUT, name + " is ready, see " + folder.resolve("log"), () -> {
            if (!process(name).isAlive()) {
                throw new IOException(name + " has ended: " + Files.readString(log(name)));
            }
            return http.send(
                                    HttpRequest.newBuilder(address(name).resolve(HEALTH))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        });
    }

    private static List<String> java(String heap) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                heap));
    }

    /** What the process has printed, in all its lives. */
    String logOf(ServerProcess process) throws IOException {
        return Files.readString(log(process.name()));
    }

    private Path log(String name) {
        return folder.resolve("log").resolve(name + ".txt");
    }

    static Path projectRoot() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        return root;
    }

    @Override
    public void close() throws IOException {
        for (ServerProcess process : processes.values()) {
            process.kill();
        }
        database.close();
    }
}
