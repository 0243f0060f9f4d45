package org.saminversion.outbound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import okhttp3.Dns;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real servers on the loopback interface, which some tests take for a public address. */
class OutboundHttpTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final OutboundPolicy DEVELOPMENT = new OutboundPolicy(true, false, Set.of(443));

    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void startAServer() throws IOException {
        server = HttpServer.create(loopback(), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopTheServer() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aBodyIsFetched() {
        serve("/picture", exchange -> answer(exchange, 200, "abc"));
        assertArrayEquals("abc".getBytes(StandardCharsets.UTF_8), development().get(url("/picture"), 3));
    }

    @Test
    void aBodyThatIsTooLargeIsNotRead() {
        serve("/announced", exchange -> answer(exchange, 200, "abcd"));
        serve("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[8192];
            while (true) {
                exchange.getResponseBody().write(chunk);
            }
        });
        assertThrows(OutboundFailure.TooLarge.class, () -> development().get(url("/announced"), 3));
        assertThrows(OutboundFailure.TooLarge.class, () -> development().get(url("/endless"), 100_000));
    }

    @Test
    void aPostTellsStatusRetryAfterAndTheBeginningOfTheAnswer() {
        AtomicReference<String> seen = new AtomicReference<>();
        serve("/hook", exchange -> {
            seen.set(exchange.getRequestHeaders().getFirst("webhook-id") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("Retry-After", "7");
            answer(exchange, 429, "slow down, please");
        });
        OutboundAnswer answer =
                development().post(url("/hook"), Map.of("webhook-id", "msg_1"), "application/json", "{}".getBytes(), 9);
        assertEquals("msg_1 application/json {}", seen.get());
        assertEquals(429, answer.status());
        assertEquals(Optional.of("7"), answer.retryAfter());
        assertEquals("slow down", new String(answer.excerpt(), StandardCharsets.UTF_8));
    }

    @Test
    void redirectsAreNotFollowed() {
        serve("/secret", exchange -> answer(exchange, 200, "secret"));
        serve("/hook", exchange -> {
            exchange.getResponseHeaders().add("Location", url("/secret").toString());
            answer(exchange, 302, "");
        });
        assertEquals(302, post(development(), "/hook").status());
        assertEquals(
                302,
                assertThrows(
                                OutboundFailure.BadAnswer.class,
                                () -> development().get(url("/hook"), 100))
                        .status());
        assertEquals(2, requests.get());
    }

    @Test
    void aSlowAnswerIsGivenUpAtTheDeadline() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        serve("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                // Each byte alone would satisfy a timeout of the socket.
                while (!released.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write('.');
                    exchange.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        OutboundHttp hasty = new OutboundHttp(DEVELOPMENT, Duration.ofMillis(300));
        assertThrows(OutboundFailure.Unreachable.class, () -> hasty.get(url("/trickle"), 1 << 20));
        // The status of a post has arrived and counts.
        assertEquals(200, post(hasty, "/trickle").status());
        released.countDown();
    }

    @Test
    void nobodyListening() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        OutboundFailure failure = assertThrows(
                OutboundFailure.Unreachable.class, () -> development().get(URI.create("http://127.0.0.1:" + port), 1));
        assertTrue(failure.getMessage().contains("refused"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0.0.0.0",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "localhost"
            })
    void noSpellingOfThisMachineIsReached(String host) {
        serve("/", exchange -> answer(exchange, 200, "secret"));
        int port = server.getAddress().getPort();
        OutboundHttp strict = new OutboundHttp(new OutboundPolicy(false, true, Set.of(port)), TIMEOUT);
        URI url = URI.create("http://" + host + ":" + port + "/");
        OutboundFailure failure = assertThrows(OutboundFailure.class, () -> strict.get(url, 100));
        // Some spellings are no names at all for this Java; none is ever sent to.
        assertTrue(
                failure instanceof OutboundFailure.Refused
                        || failure.getCause() instanceof UnknownHostException
                        || failure.getMessage().contains("HTTP"),
                failure.toString());
        assertEquals(0, requests.get());
    }

    @Test
    void aNameIsLookedUpOnceAndTheAddressThatItGivesIsChecked() {
        serve("/", exchange -> answer(exchange, 200, "secret"));
        int port = server.getAddress().getPort();
        AtomicInteger lookups = new AtomicInteger();
        // First the harmless address, as for a check; then this machine.
        Dns rebinding =
                name -> List.of(lookups.getAndIncrement() == 0 ? address("93.184.216.34") : address("127.0.0.1"));
        OutboundHttp strict = new OutboundHttp(
                new OutboundPolicy(false, true, Set.of(port)), TIMEOUT, rebinding, GlobalAddresses::contain, b -> {});
        URI url = strict.check("http://rebinding.example:" + port + "/");
        assertThrows(OutboundFailure.Refused.class, () -> strict.get(url, 100));
        assertEquals(2, lookups.get());
        assertEquals(0, requests.get());
    }

    @Test
    void aCheckFindsNamesOfPrivateAddressesAndForgivesUnknownNames() {
        OutboundPolicy policy = new OutboundPolicy(false, false, Set.of(443));
        Dns names = name -> switch (name) {
            case "inside.example" -> List.of(address("93.184.216.34"), address("10.0.0.7"));
            case "outside.example" -> List.of(address("93.184.216.34"));
            default -> throw new UnknownHostException(name);
        };
        OutboundHttp strict = new OutboundHttp(policy, TIMEOUT, names, GlobalAddresses::contain, b -> {});
        assertThrows(OutboundFailure.Refused.class, () -> strict.check("https://inside.example/"));
        assertEquals("outside.example", strict.check("https://outside.example/").getHost());
        assertEquals("nowhere.example", strict.check("https://nowhere.example/").getHost());
        assertInstanceOf(
                UnknownHostException.class,
                assertThrows(
                                OutboundFailure.Unreachable.class,
                                () -> strict.get(URI.create("https://nowhere.example/"), 1))
                        .getCause());
    }

    @Test
    void overTlsTheNameStaysInHostAndSniAndTheCertificateMustBeItsOwn() throws IOException {
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("receiver.example")
                .build();
        HandshakeCertificates receiver =
                new HandshakeCertificates.Builder().heldCertificate(own).build();
        HandshakeCertificates sender = new HandshakeCertificates.Builder()
                .addTrustedCertificate(own.certificate())
                .build();
        HttpsServer secure = HttpsServer.create(loopback(), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(receiver.sslContext()));
        secure.createContext("/", exchange -> {
            ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
            String name = ((SNIHostName) session.getRequestedServerNames().get(0)).getAsciiName();
            answer(exchange, 200, name + " " + exchange.getRequestHeaders().getFirst("Host"));
        });
        secure.start();
        int port = secure.getAddress().getPort();
        try (OutboundHttp http = new OutboundHttp(
                new OutboundPolicy(false, false, Set.of(port)),
                TIMEOUT,
                name -> List.of(address("127.0.0.1")),
                address -> address instanceof Inet4Address,
                builder -> builder.sslSocketFactory(sender.sslSocketFactory(), sender.trustManager()))) {
            assertEquals(
                    "receiver.example receiver.example:" + port,
                    new String(http.get(URI.create("https://receiver.example:" + port), 1000), StandardCharsets.UTF_8));
            OutboundFailure failure = assertThrows(
                    OutboundFailure.Unreachable.class,
                    () -> http.get(URI.create("https://other.example:" + port), 1000));
            assertTrue(failure.getMessage().contains("TLS"), failure.getMessage());
        } finally {
            secure.stop(0);
        }
    }

    @FunctionalInterface
    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private void serve(String path, Handler handler) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static OutboundHttp development() {
        return new OutboundHttp(DEVELOPMENT, TIMEOUT);
    }

    private OutboundAnswer post(OutboundHttp http, String path) {
        return http.post(url(path), Map.of(), "application/json", new byte[] {'{', '}'}, 100);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
