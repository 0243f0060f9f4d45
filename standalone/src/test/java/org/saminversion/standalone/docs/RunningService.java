package org.saminversion.standalone.docs;

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

/** {@code ./sam serve} as a process of its own, ready to take requests. */
record RunningService(Process process, int port) {
    private static final int READY_SECONDS_MAX = 120;
    private static final int STOP_SECONDS_MAX = 60;

    static RunningService start(Path folder) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
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
                .redirectOutput(log.toFile())
                .start();
        RunningService service = new RunningService(process, port);
        if (!service.becomesReady()) {
            process.destroy();
            throw new IOException("the service did not become ready; it printed:\n" + Files.readString(log));
        }
        return service;
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private boolean becomesReady() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
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
