package org.saminversion.standalone.cli.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The body of a {@code multipart/form-data} request (RFC 7578). */
final class MultipartForm {
    private static final String BOUNDARY = "sam-form-4f1c9b7e2d";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    MultipartForm text(String name, String value) {
        append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
        return this;
    }

    MultipartForm file(String name, String fileName, byte[] content) {
        append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\""
                + fileName.replaceAll("[\"\\r\\n]", "_")
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        body.writeBytes(content);
        append("\r\n");
        return this;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    byte[] toBytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }

    private void append(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
