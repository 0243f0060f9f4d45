package org.saminversion.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** An application that is called back: down when it is told to be, slow and failing at random when it is up. */
final class Receiver implements AutoCloseable {
    private static final double FAILS = 0.3;
    private static final double SLOW = 0.1;
    private static final Duration NAP = Duration.ofMillis(500);

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final RandomGenerator random;
    private final List<Call> calls = new ArrayList<>();
    private HttpServer server;
    private int port;
    private String secret = "";

    /** Listens from now on. */
    Receiver(RandomGenerator random) throws IOException {
        this.random = random;
        comeUp();
    }

    /** One message. @param genuine whether its signature is right @param taken whether the answer was 204 */
    record Call(UUID job, long number, boolean genuine, boolean taken) {}

    String url() {
        return "http://127.0.0.1:" + port + "/hook";
    }

    synchronized void trust(String endpointSecret) {
        secret = endpointSecret;
    }

    void goDown() {
        server.stop(0);
    }

    /** Listens where it did before. */
    void comeUp() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        port = server.getAddress().getPort();
        server.createContext("/hook", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** In the order in which they came. */
    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Numbers of the events of each job that were taken, in the order in which they were taken first. */
    Map<UUID, List<Long>> taken() {
        Map<UUID, List<Long>> taken = new TreeMap<>();
        for (Call call : calls()) {
            List<Long> numbers = taken.computeIfAbsent(call.job(), job -> new ArrayList<>());
            if (call.taken() && !numbers.contains(call.number())) {
                numbers.add(call.number());
            }
        }
        return taken;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean taken = take(exchange, body);
            exchange.sendResponseHeaders(taken ? 204 : 503, -1);
        }
    }

    private boolean take(HttpExchange exchange, String body) throws IOException {
        JsonNode data = json.readTree(body).path("data");
        boolean slow;
        boolean taken;
        synchronized (this) {
            slow = random.nextDouble() < SLOW;
            taken = random.nextDouble() >= FAILS;
            calls.add(new Call(
                    UUID.fromString(data.path("id").asText()),
                    data.path("number").asLong(),
                    isGenuine(exchange, body),
                    taken));
        }
        if (slow) {
            Patience.pause(NAP);
        }
        return taken;
    }

    private boolean isGenuine(HttpExchange exchange, String body) {
        try {
            new Webhook(secret).verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
            return true;
        } catch (EmptyWebhookSecretException | WebhookVerificationException e) {
            return false;
        }
    }

    @Override
    public void close() {
        goDown();
        threads.shutdownNow();
    }
}
