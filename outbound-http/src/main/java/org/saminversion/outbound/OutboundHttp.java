package org.saminversion.outbound;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/** Sends requests to addresses that callers name. Blocks; may be used by many threads. */
public final class OutboundHttp implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int IDLE_CONNECTIONS_MAX = 32;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final OutboundPolicy policy;
    private final Predicate<InetAddress> allowed;
    private final Dns lookup;
    private final OkHttpClient client;

    /** @param timeout for a whole exchange, from the look-up of the name to the last byte */
    public OutboundHttp(OutboundPolicy policy, Duration timeout) {
        this(policy, timeout, Dns.SYSTEM, GlobalAddresses::contain, builder -> {});
    }

    /** With another look-up, another idea of what is public, and further settings, for tests. */
    OutboundHttp(
            OutboundPolicy policy,
            Duration timeout,
            Dns lookup,
            Predicate<InetAddress> isPublic,
            Consumer<OkHttpClient.Builder> settings) {
        this.policy = policy;
        this.lookup = lookup;
        this.allowed = address -> policy.allowPrivate() || isPublic.test(address);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dns(lookup)
                .socketFactory(new AddressGuard(allowed))
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS_MAX, IDLE.toMillis(), TimeUnit.MILLISECONDS))
                .connectTimeout(CONNECT_TIMEOUT.compareTo(timeout) < 0 ? CONNECT_TIMEOUT : timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .callTimeout(timeout);
        settings.accept(builder);
        this.client = builder.build();
    }

    /**
     * Checks a URL when a caller names it, so that a mistake is found early. A name that cannot be looked up right now is
     * taken: each request checks again.
     *
     * @throws OutboundFailure.Refused with what is wrong
     */
    public URI check(String text) {
        URI url = policy.parse(text);
        List<InetAddress> addresses;
        try {
            addresses = lookup.lookup(HttpUrl.get(url).host());
        } catch (UnknownHostException e) {
            return url;
        }
        if (!addresses.stream().allMatch(allowed)) {
            throw new OutboundFailure.Refused(
                    url.getHost() + " is not an address of the public Internet; requests are only sent there.");
        }
        return url;
    }

    /**
     * Fetches a body.
     *
     * @throws OutboundFailure also when the status is not 200
     */
    public byte[] get(URI url, long bytesMax) {
        Request request = request(url).get().build();
        try (Response response = client.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new OutboundFailure.BadAnswer(
                        response.code(),
                        url.getHost() + " answered with status " + response.code()
                                + (response.isRedirect() ? "; redirects are not followed" : "") + ".");
            }
            BufferedSource body = response.body().source();
            if (response.body().contentLength() > bytesMax || body.request(bytesMax + 1)) {
                throw new OutboundFailure.TooLarge(
                        "The answer of " + url.getHost() + " has more than " + bytesMax + " bytes.");
            }
            return body.readByteArray();
        } catch (IOException e) {
            throw explained(url, e);
        }
    }

    /**
     * Posts a body and returns whatever status comes back.
     *
     * @param excerptBytesMax how much of the answer's body is kept
     * @throws OutboundFailure.Refused if the URL or its address is not allowed
     * @throws OutboundFailure.Unreachable if no status came
     */
    public OutboundAnswer post(
            URI url, Map<String, String> headers, String mediaType, byte[] body, int excerptBytesMax) {
        Request.Builder request = request(url).post(RequestBody.create(body, MediaType.parse(mediaType)));
        headers.forEach(request::header);
        try (Response response = client.newCall(request.build()).execute()) {
            return new OutboundAnswer(
                    response.code(),
                    Optional.ofNullable(response.header("Retry-After")),
                    excerpt(response.body().source(), excerptBytesMax));
        } catch (IOException e) {
            throw explained(url, e);
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private Request.Builder request(URI url) {
        return new Request.Builder()
                .url(HttpUrl.get(policy.parse(url.toString())))
                .header("User-Agent", "sam-inversion/1")
                // A compressed body could unpack to far more than was sent.
                .header("Accept-Encoding", "identity");
    }

    /** The status has arrived and counts, whatever becomes of the rest. */
    private static byte[] excerpt(BufferedSource body, int bytesMax) throws IOException {
        try {
            body.request(bytesMax);
        } catch (IOException cutOff) {
            // What came until then is kept.
        }
        return body.getBuffer()
                .readByteArray(Math.min(bytesMax, body.getBuffer().size()));
    }

    private static OutboundFailure explained(URI url, IOException failure) {
        String host = url.getHost();
        if (failure instanceof AddressGuard.ForbiddenAddress) {
            return new OutboundFailure.Refused(
                    host + " is not an address of the public Internet; requests are only sent there.", failure);
        }
        String what = failure instanceof UnknownHostException
                ? "the name cannot be looked up"
                : failure instanceof InterruptedIOException
                        ? "the time was up"
                        : failure instanceof ConnectException
                                ? "the connection was refused"
                                : failure instanceof SSLException
                                        ? "TLS failed: " + failure.getMessage()
                                        : "the connection broke: " + failure.getMessage();
        return new OutboundFailure.Unreachable(host + " did not answer: " + what + ".", failure);
    }
}
