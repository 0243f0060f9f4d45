package org.saminversion.standalone.serve;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;

/** Requests of somebody who means ill or whose program is broken, byte by byte, so that they need not be HTTP. */
final class HostileRequests {
    private static final String BOUNDARY = "x";
    private static final List<byte[]> PICTURES = List.of(
            Pictures.png(8, 8),
            bytes("\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF\u0000\u0001\u0001"),
            bytes("GIF89a\u0001\u0000\u0001\u0000\u0080\u0000\u0000"),
            bytes("RIFF\u0024\u0000\u0000\u0000WEBPVP8 "),
            bytes("BM\u0046\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0036\u0000\u0000\u0000"),
            bytes("<svg onload=alert(1)>"));
    private static final List<String> WORDS = List.of(
            "",
            " ",
            "..",
            "../../../../etc/passwd",
            "..%2f..%2f",
            "%00",
            "%",
            "%zz",
            "\u0000",
            "\uFFFF",
            "null",
            "NaN",
            "-1",
            "1e999",
            "9223372036854775808",
            "' or 1=1 --",
            "\"",
            "\\",
            "<script>",
            "${jndi:ldap://x}",
            "${sam.database.password}",
            "#{7*7}",
            "\r\nX-Evil: 1",
            "true",
            "[]",
            "{}",
            "a".repeat(5_000),
            "\u202Eevil",
            "COM1",
            "file:///etc/passwd",
            "http://169.254.169.254/",
            "faces64",
            "wplus",
            "2147483648");
    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "");
    private static final List<String> PATHS = List.of(
            "/v1",
            "/v1/inversions",
            "/v1/inversions/{}",
            "/v1/inversions/{}/events",
            "/v1/inversions/{}/cancel",
            "/v1/inversions/{}/replay",
            "/v1/inversions/{}/rerun",
            "/v1/inversions/{}/retention",
            "/v1/inversions/{}/edits",
            "/v1/inversions/{}/artefacts/input",
            "/v1/inversions/{}/artefacts/{}",
            "/v1/bundles/{}",
            "/v1/batches",
            "/v1/batches/{}",
            "/v1/endpoints",
            "/v1/endpoints/{}",
            "/v1/deliveries/{}",
            "/openapi",
            "/q/health",
            "/{}",
            "//{}",
            "/v1/../{}",
            "/v1/inversions?state={}",
            "/v1/inversions?after={}",
            "/v1/inversions?limit={}&{}={}",
            "/v1/inversions?customId={}",
            "/v1/inversions?createdFrom={}",
            "/v1/inversions?bundle={}");
    private static final List<String> HEADERS = List.of(
            "Range",
            "If-Range",
            "If-None-Match",
            "Prefer",
            "Idempotency-Key",
            "Authorization",
            "Accept",
            "Content-Type",
            "Last-Event-ID",
            "Cookie",
            "X-Forwarded-For",
            "X-HTTP-Method-Override",
            "Expect",
            "Content-Encoding",
            "Origin",
            "Transfer-Encoding",
            "traceparent",
            "Upgrade",
            "Content-Length");
    private static final List<String> FIELDS = List.of(
            "bundle",
            "method",
            "tau",
            "steps",
            "seed",
            "optimizer",
            "settings",
            "edits",
            "customId",
            "callback",
            "image",
            "unknown");

    private final RandomGenerator random;

    HostileRequests(RandomGenerator random) {
        this.random = random;
    }

    /** @param isCut whether it may end before it says that it does, so that no answer may come */
    record Hostile(byte[] bytes, boolean isCut) {}

    Hostile next() {
        return switch (random.nextInt(7)) {
            case 0 -> whole(form(damaged(formBody(pick(PICTURES)))));
            case 1 -> whole(form(formBody(damaged(pick(PICTURES)))));
            case 2 -> whole(json(jsonBody()));
            case 3 -> whole(json(damaged(jsonBody())));
            case 4 -> whole(request(pick(METHODS), filled(pick(PATHS)), "", new byte[0]));
            case 5 -> new Hostile(request(pick(METHODS), filled(pick(PATHS)), headers(), bytes(word())), true);
            default -> new Hostile(damaged(form(formBody(pick(PICTURES)))), true);
        };
    }

    private static Hostile whole(byte[] bytes) {
        return new Hostile(bytes, false);
    }

    /** Something of an address with this id, which belongs to another tenant. */
    byte[] aimedAt(String id, String authorization) {
        List<String> paths = PATHS.stream()
                .filter(path -> path.startsWith("/v1/inversions/{}"))
                .toList();
        String path = pick(paths).replaceFirst("\\{}", id).replace("{}", "input");
        String body = pick(List.of("{\"pinned\":true}", "{\"edits\":[{\"direction\":\"smile\",\"strength\":1}]}", ""));
        return request(
                pick(List.of("GET", "HEAD", "POST", "PATCH", "DELETE")),
                path,
                "Authorization: " + authorization + "\r\nContent-Type: application/json\r\n",
                bytes(body));
    }

    private static byte[] form(byte[] body) {
        return request(
                "POST", "/v1/inversions", "Content-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\n", body);
    }

    private byte[] formBody(byte[] picture) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(bytes("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\""
                + pick(List.of("a.png", "../../a.png", "/etc/cron.d/a", "a\u0000.png", "")) + "\"\r\n\r\n"));
        body.writeBytes(picture);
        for (int i = random.nextInt(4); i > 0; i--) {
            body.writeBytes(bytes("\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + pick(FIELDS)
                    + "\"\r\n\r\n" + word()));
        }
        body.writeBytes(bytes("\r\n--" + BOUNDARY + "--\r\n"));
        return body.toByteArray();
    }

    private static byte[] json(byte[] body) {
        return request("POST", "/v1/inversions", "Content-Type: application/json\r\n", body);
    }

    private byte[] jsonBody() {
        StringBuilder body = new StringBuilder("{");
        for (int i = random.nextInt(5); i >= 0; i--) {
            String value = pick(List.of(
                    "\"" + word() + "\"",
                    word(),
                    "[".repeat(random.nextInt(3_000)),
                    "\"data:image/png;base64," + Base64.getEncoder().encodeToString(pick(PICTURES)) + "\"",
                    "[{\"direction\":\"smile\",\"strength\":" + word() + "}]"));
            body.append('"').append(pick(FIELDS)).append("\":").append(value).append(i > 0 ? "," : "}");
        }
        return bytes(body.toString());
    }

    private String headers() {
        StringBuilder headers = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            headers.append(pick(HEADERS)).append(": ").append(word()).append("\r\n");
        }
        return headers.toString();
    }

    private static byte[] request(String method, String path, String headers, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(bytes(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                + "Content-Length: " + body.length + "\r\n\r\n"));
        request.writeBytes(body);
        return request.toByteArray();
    }

    /** A few bytes changed, left out or doubled. */
    private byte[] damaged(byte[] whole) {
        byte[] damaged = whole.clone();
        for (int i = random.nextInt(8); i >= 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        int end = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
        return Arrays.copyOf(damaged, Math.max(1, end));
    }

    private String filled(String path) {
        String text = path;
        while (text.contains("{}")) {
            text = text.replaceFirst("\\{}", Matcher.quoteReplacement(word().replace("{}", "")));
        }
        return text;
    }

    private String word() {
        return pick(WORDS);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] bytes(String text) {
        boolean binary = text.chars().allMatch(character -> character < 256);
        return text.getBytes(binary ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
