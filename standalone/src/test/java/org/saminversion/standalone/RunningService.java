package org.saminversion.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.saminversion.standalone.rules.Project;

/**
 * {@code ./sam serve} as a process of its own, ready to take requests.
 *
 * @param folder holds its data and its log
 */
public record RunningService(Process process, int port, Path folder) {
    private static final int READY_SECONDS_MAX = 120;
    private static final int STOP_SECONDS_MAX = 60;

    /** Starts it at a free port. */
    public static RunningService start(Path folder) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        return start(folder, port);
    }

    private static RunningService start(Path folder, int port) throws IOException {
        Path log = folder.resolve("service.txt");
        Process process = new ProcessBuilder(
                        Project.root().resolve("sam").toString(),
                        "serve",
                        "--port",
                        String.valueOf(port),
                        "--data",
                        folder.resolve("data").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        RunningService service = new RunningService(process, port, folder);
        if (!service.becomesReady()) {
            process.destroy();
            throw new IOException("the service did not become ready; it printed:\n" + Files.readString(log));
        }
        return service;
    }

    /** Where it listens, without a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts one that has ended again: the same data at the same port. */
    public RunningService startAgain() throws IOException {
        return start(folder, port);
    }

    private boolean becomesReady() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/q/health/ready"))
                .build();
        for (int second = 0; second < READY_SECONDS_MAX && process.isAlive(); second++) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return true;
                }
            } catch (IOException notListeningYet) {
                // Asked again below.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
            waitASecond();
        }
        return false;
    }

    private void waitASecond() {
        try {
            process.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
