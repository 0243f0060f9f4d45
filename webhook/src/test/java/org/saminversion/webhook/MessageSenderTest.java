package org.saminversion.webhook;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.model.callback.DeliveryId;
import org.saminversion.model.callback.Dispatch;
import org.saminversion.model.callback.Outcome;
import org.saminversion.outbound.OutboundHttp;
import org.saminversion.outbound.OutboundPolicy;

/** Against a real server; the receiver's side is the official library. */
class MessageSenderTest {
    private static final String OLD = new Secrets(new SecureRandom()).create();
    private static final String NEW = new Secrets(new SecureRandom()).create();
    private static final String BODY = "{\"type\":\"inversion.succeeded\",\"data\":{\"name\":\"Zoë\"}}";

    private final OutboundHttp http =
            new OutboundHttp(new OutboundPolicy(true, false, Set.of(443)), Duration.ofSeconds(20));
    private final RetrySchedule schedule = new RetrySchedule(List.of(Duration.ofMinutes(1)), 1, new Random(3));
    private HttpServer server;
    private volatile int status = 200;
    private volatile String retryAfter;
    private volatile String answer = "";
    private volatile Headers headers;
    private volatile String received;

    @BeforeEach
    void startAReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            headers = exchange.getRequestHeaders();
            received = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (retryAfter != null) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopTheReceiver() {
        server.stop(0);
        http.close();
    }

    @Test
    void aReceiverVerifiesWithTheOfficialLibraryAndEitherSecret() {
        assertInstanceOf(Outcome.Accepted.class, send(0, NEW, OLD).outcome());
        assertEquals(BODY, received);
        for (String secret : List.of(NEW, OLD)) {
            assertDoesNotThrow(() -> new Webhook(secret).verify(received, javaHeaders()));
        }
        String stranger = new Secrets(new SecureRandom()).create();
        assertThrows(WebhookVerificationException.class, () -> new Webhook(stranger).verify(received, javaHeaders()));
        assertThrows(
                WebhookVerificationException.class,
                () -> new Webhook(NEW).verify(received.replace("succeeded", "failed"), javaHeaders()));
    }

    @Test
    void theIdStaysAndTheTimestampMovesOn() {
        Instant first = Instant.parse("2026-11-25T04:00:00Z");
        Dispatch message = message(0, NEW);
        sender(first).send(message);
        String id = headers.getFirst("webhook-id");
        String signature = headers.getFirst("webhook-signature");
        assertEquals(Long.toString(first.getEpochSecond()), headers.getFirst("webhook-timestamp"));
        sender(first.plusSeconds(5)).send(message);
        assertEquals(id, headers.getFirst("webhook-id"));
        assertEquals(Long.toString(first.getEpochSecond() + 5), headers.getFirst("webhook-timestamp"));
        assertNotEquals(signature, headers.getFirst("webhook-signature"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void everyStatusOf2xxMeansThatItArrived(int code) {
        status = code;
        assertInstanceOf(Outcome.Accepted.class, send(0, NEW).outcome());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 404, 409, 429, 500, 503})
    void everyOtherStatusIsTriedAgain(int code) {
        status = code;
        MessageSender.Result result = send(0, NEW);
        assertInstanceOf(Outcome.Failed.class, result.outcome());
        assertEquals(Optional.of(code), result.attempt().status());
        assertInstanceOf(Outcome.Exhausted.class, send(1, NEW).outcome());
    }

    @Test
    void aReceiverThatIsGoneIsBelieved() {
        status = 410;
        assertInstanceOf(Outcome.Gone.class, send(0, NEW).outcome());
    }

    @Test
    void aReceiverMayAskForTime() {
        status = 429;
        retryAfter = "3600";
        Instant now = Instant.parse("2026-11-25T04:00:00Z");
        Outcome.Failed failed = assertInstanceOf(
                Outcome.Failed.class, sender(now).send(message(0, NEW)).outcome());
        assertEquals(now.plusSeconds(3600), failed.retryAt());
    }

    @Test
    void theBeginningOfTheAnswerIsKeptWithoutControlCharacters() {
        answer = "thanks\u0000\u001b[31m" + "x".repeat(5000);
        String excerpt = send(0, NEW).attempt().excerpt();
        assertTrue(excerpt.startsWith("thanks\uFFFD\uFFFD[31mxxx"), excerpt);
        assertEquals(MessageSender.EXCERPT_BYTES_MAX, excerpt.length());
    }

    @Test
    void aReceiverThatIsDownIsTriedAgain() {
        server.stop(0);
        MessageSender.Result result = send(0, NEW);
        assertInstanceOf(Outcome.Failed.class, result.outcome());
        assertEquals(Optional.empty(), result.attempt().status());
        assertTrue(result.attempt().trouble().orElseThrow().contains("refused"));
    }

    @Test
    void anAddressThatIsForbiddenIsNotSentTo() {
        OutboundHttp strict = new OutboundHttp(
                new OutboundPolicy(false, true, Set.of(server.getAddress().getPort())), Duration.ofSeconds(20));
        MessageSender.Result result = new MessageSender(strict, schedule, InstantSource.system()).send(message(0, NEW));
        assertInstanceOf(Outcome.Failed.class, result.outcome());
        assertEquals(null, received);
    }

    private MessageSender.Result send(int tries, String... secrets) {
        return new MessageSender(http, schedule, InstantSource.system()).send(message(tries, secrets));
    }

    private MessageSender sender(Instant now) {
        return new MessageSender(http, schedule, InstantSource.fixed(now));
    }

    private final UUID id = UUID.randomUUID();

    private Dispatch message(int tries, String... secrets) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
        return new Dispatch(new DeliveryId(id), 1, url, List.of(secrets), BODY, tries, Instant.now(), Optional.empty());
    }

    private HttpHeaders javaHeaders() {
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
