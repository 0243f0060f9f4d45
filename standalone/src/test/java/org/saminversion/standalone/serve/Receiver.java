package org.saminversion.standalone.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes callbacks as an application would, checks them with the official library, and remembers them. Can be down. */
public final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Message> messages = new ArrayList<>();
    private final int port;
    private volatile Supplier<String> secret = () -> "";
    private volatile Function<Message, Integer> behaviour = message -> 204;
    private HttpServer server;

    /**
     * A message that came.
     *
     * @param genuine whether its signature is right
     * @param traceparent the header of that name
     * @param status of the answer; 0 while there is none
     */
    public record Message(String id, boolean genuine, JsonNode body, String traceparent, int status) {
        String type() {
            return body.path("type").asText();
        }

        String subject() {
            return body.path("data").path("id").asText();
        }

        long number() {
            return body.path("data").path("number").asLong();
        }
    }

    public Receiver() {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/hook";
    }

    /** What messages are checked with. */
    void trust(Supplier<String> endpointSecret) {
        secret = endpointSecret;
    }

    /** @param answer the status for a message */
    void behave(Function<Message, Integer> answer) {
        behaviour = answer;
    }

    /** Nobody listens any more. */
    public synchronized void goDown() {
        server.stop(0);
    }

    /** Listens on the same port again. */
    synchronized void comeUp() {
        server = listen(port);
    }

    /** All that came so far, in the order of the answers. */
    List<Message> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    /** Waits until enough messages have been taken with a status of 2xx. */
    public List<Message> await(int count, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        synchronized (messages) {
            while (taken().size() < count) {
                long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (rest <= 0) {
                    throw new AssertionError("only " + taken().size() + " of " + count + " messages came: " + messages);
                }
                messages.wait(rest);
            }
            return taken();
        }
    }

    private List<Message> taken() {
        return messages.stream().filter(message -> message.status / 100 == 2).toList();
    }

    @Override
    public void close() {
        goDown();
        threads.shutdownNow();
    }

    private HttpServer listen(int wanted) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            started.createContext("/hook", this::take);
            started.setExecutor(threads);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            Message message = new Message(
                    id,
                    isGenuine(exchange, body),
                    JSON.readTree(body),
                    exchange.getRequestHeaders().getFirst("traceparent"),
                    0);
            int status = behaviour.apply(message);
            synchronized (messages) {
                messages.add(new Message(id, message.genuine, message.body, message.traceparent, status));
                messages.notifyAll();
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private boolean isGenuine(HttpExchange exchange, String body) {
        try {
            new Webhook(secret.get()).verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
            return true;
        } catch (Exception e) {
            return false;
        }
    }
}
