package org.saminversion.standalone.serve;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.saminversion.embedded.EmbeddedDatabase;
import org.saminversion.embedded.EmbeddedKafka;

/**
 * The running service. At most one can be started per process, because it is one Quarkus application.
 *
 * <p>A signal to the process stops it in order: first the applications, which save the state of running jobs, then broker
 * and database.
 */
public final class Service implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Service.class);
    private static final long START_TIMEOUT_SECONDS = 120;
    private static final long STOP_TIMEOUT_SECONDS = 60;

    private final URI address;
    private final CompletableFuture<Void> applicationEnd = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private Optional<Backends> backends = Optional.empty();

    private Service(String host, int port) {
        this.address = URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** Returns when the service answers. @throws ServeException if it cannot start; nothing is left running then */
    public static Service start(ServeOptions options) throws ServeException {
        Service service = new Service(options.host(), freePort(options.host(), options.httpPort()));
        // Before anything is started that would outlive this process.
        Runtime.getRuntime().addShutdownHook(new Thread(service::close, "service-stop"));
        try {
            service.startAll(options);
            return service;
        } catch (ServeException e) {
            service.close();
            throw e;
        }
    }

    private synchronized void startAll(ServeOptions options) throws ServeException {
        Backends started = Backends.start(options.data());
        backends = Optional.of(started);
        configure(options, started);
        new Thread(() -> runApplication(applicationEnd), "service").start();
        try {
            CompletableFuture.anyOf(ServiceApplication.up(), applicationEnd)
                    .get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServeException("The start of the service was interrupted", e);
        } catch (ExecutionException e) {
            throw new ServeException("The service did not start: " + rootMessage(e), e.getCause());
        } catch (TimeoutException e) {
            throw new ServeException("The service did not start within " + START_TIMEOUT_SECONDS + " s", e);
        }
    }

    public URI address() {
        return address;
    }

    /** Returns when the service has stopped, by {@link #close} or by a signal. */
    public void awaitStop() throws InterruptedException {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a service never fails", e);
        }
    }

    @Override
    public synchronized void close() {
        if (end.isDone()) {
            return;
        }
        if (backends.isPresent()) {
            stopApplication();
            backends.get().close();
        }
        end.complete(null);
    }

    private void stopApplication() {
        Quarkus.asyncExit();
        try {
            applicationEnd.get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.debugf("The service had not started: %s", e.getMessage());
        } catch (TimeoutException e) {
            LOG.warnf("The service did not stop within %d s", STOP_TIMEOUT_SECONDS);
        }
    }

    private static void runApplication(CompletableFuture<Void> applicationEnd) {
        try {
            Quarkus.run(ServiceApplication.class, (exitCode, failure) -> {
                if (failure == null) {
                    applicationEnd.complete(null);
                } else {
                    applicationEnd.completeExceptionally(failure);
                }
            });
            applicationEnd.complete(null);
        } catch (RuntimeException e) {
            applicationEnd.completeExceptionally(e);
        }
    }

    private void configure(ServeOptions options, Backends backends) {
        System.setProperty("quarkus.http.host", options.host());
        System.setProperty("sam.keys.required", Boolean.toString(options.keysRequired()));
        System.setProperty("quarkus.http.port", Integer.toString(address.getPort()));
        // Nothing is written outside of the data folder.
        System.setProperty(
                "quarkus.http.body.uploads-directory",
                backends.folder().uploads().toString());
        System.setProperty("kafka.bootstrap.servers", backends.kafka().bootstrapServers());
        EmbeddedDatabase database = backends.database();
        System.setProperty("sam.database.address", database.address());
        System.setProperty("sam.database.user", database.user());
        System.setProperty("sam.database.password", database.password());
        System.setProperty(
                "sam.bundles", options.bundles().toAbsolutePath().normalize().toString());
    }

    private static int freePort(String host, int wanted) throws ServeException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ServeException(
                    "Port " + wanted + " on " + host
                            + " is in use, perhaps by a service that is already running. Stop that program, or choose"
                            + " another port with --port.",
                    e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    /** The broker and the database on one locked folder. */
    private record Backends(DataFolder folder, EmbeddedDatabase database, EmbeddedKafka kafka) {
        static Backends start(Path data) throws ServeException {
            DataFolder folder = DataFolder.open(data);
            EmbeddedDatabase database = null;
            try {
                database = EmbeddedDatabase.start(folder.database());
                return new Backends(folder, database, EmbeddedKafka.start(folder.kafka()));
            } catch (IOException | RuntimeException e) {
                closeQuietly(database);
                closeQuietly(folder);
                throw new ServeException("The service did not start: " + rootMessage(e), e);
            }
        }

        void close() {
            closeQuietly(kafka);
            closeQuietly(database);
            closeQuietly(folder);
        }

        private static void closeQuietly(AutoCloseable resource) {
            try {
                if (resource != null) {
                    resource.close();
                }
            } catch (Exception e) {
                LOG.warnf("While stopping: %s", e);
            }
        }
    }
}
