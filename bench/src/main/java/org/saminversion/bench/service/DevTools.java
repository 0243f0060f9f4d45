package org.saminversion.bench.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection to Chromium by its DevTools protocol: commands and their answers. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final long TIMEOUT_SECONDS = 30;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final StringBuilder received = new StringBuilder();
    private final WebSocket socket;

    DevTools(URI address) {
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, this)
                .join();
    }

    /** @param session empty for the browser itself @throws IOException if it is refused or not answered */
    JsonNode call(String session, String method, Map<String, ?> parameters) throws IOException, InterruptedException {
        int number = numbers.incrementAndGet();
        ObjectNode message = json.createObjectNode();
        message.put("id", number);
        message.put("method", method);
        message.set("params", json.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(number, answer);
        socket.sendText(json.writeValueAsString(message), true);
        try {
            JsonNode found = answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (found.has("error")) {
                throw new IOException(method + " was refused: " + found.get("error"));
            }
            return found.get("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The browser did not answer " + method, e);
        } finally {
            open.remove(number);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        received.append(data);
        if (last) {
            String text = received.toString();
            received.setLength(0);
            answer(text);
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void answer(String text) {
        try {
            JsonNode message = json.readTree(text);
            CompletableFuture<JsonNode> waiting = open.get(message.path("id").asInt(0));
            if (waiting != null) {
                waiting.complete(message);
            }
        } catch (JsonProcessingException e) {
            open.values().forEach(waiting -> waiting.completeExceptionally(e));
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
