package org.saminversion.standalone.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MultipartFormTest {
    @Test
    void partsAreSeparatedAsTheStandardAsks() {
        MultipartForm form = new MultipartForm()
                .file("image", "my \"face\".png", new byte[] {'P', 'N', 'G'})
                .text("steps", "400");
        String boundary = form.contentType().replace("multipart/form-data; boundary=", "");
        assertEquals(
                """
                --B
                Content-Disposition: form-data; name="image"; filename="my _face_.png"
                Content-Type: application/octet-stream

                PNG
                --B
                Content-Disposition: form-data; name="steps"

                400
                --B--
                """.replace("\n", "\r\n").replace("--B", "--" + boundary),
                new String(form.toBytes(), StandardCharsets.UTF_8));
    }
}
