import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Takes callbacks and checks their signatures: java Receiver.java PORT, with the secret in SAM_WEBHOOK_SECRET. */
public final class Receiver {
    private static final long TOLERANCE_SECONDS = 300;
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    public static void main(String... arguments) throws IOException {
        byte[] key = Base64.getDecoder().decode(System.getenv("SAM_WEBHOOK_SECRET").substring("whsec_".length()));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.createContext("/hook", exchange -> take(exchange, key));
        server.start();
        System.out.println("listening on " + server.getAddress().getPort());
    }

    private static void take(HttpExchange exchange, byte[] key) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            if (!isGenuine(exchange, key, id, body)) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            // A message may come more than once: what is done for it must be done once.
            if (SEEN.add(id)) {
                System.out.println(body);
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private static boolean isGenuine(HttpExchange exchange, byte[] key, String id, String body) {
        try {
            long timestamp = Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp"));
            if (Math.abs(Instant.now().getEpochSecond() - timestamp) > TOLERANCE_SECONDS) {
                return false;
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] digest = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            byte[] expected = ("v1," + Base64.getEncoder().encodeToString(digest)).getBytes(StandardCharsets.US_ASCII);
            boolean found = false;
            // Two while a secret is being rotated.
            for (String signature : exchange.getRequestHeaders().getFirst("webhook-signature").split(" ")) {
                found |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII));
            }
            return found;
        } catch (GeneralSecurityException | NumberFormatException | NullPointerException e) {
            return false;
        }
    }
}
