package org.saminversion.model.callback;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.saminversion.model.Tenant;
import org.saminversion.model.TraceContext;

/**
 * A message that is to be sent.
 *
 * @param subject the job or batch that it tells of
 * @param number greater than those of earlier messages of the subject
 * @param type words with dots between them, such as {@code inversion.succeeded}
 * @param data what the receiver gets beside type and timestamp; turned into JSON
 * @param trace that the event belongs to
 */
public record DeliveryDraft(
        Tenant tenant,
        EndpointId endpoint,
        UUID subject,
        long number,
        String type,
        Map<String, Object> data,
        Instant at,
        Optional<TraceContext> trace) {
    /** The limit that Standard Webhooks asks for. */
    public static final int BODY_BYTES_MAX = 20_000;

    private static final int TEXT_LENGTH_MAX = 2_000;

    /** The same for the same event, so that it is never stored twice. Receivers see it as {@code webhook-id}. */
    DeliveryId id() {
        String name = endpoint + "/" + subject + "/" + number;
        return new DeliveryId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** As much of a text of any length as a message takes. */
    public static String brief(String text) {
        return text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) + "..." : text;
    }

    /** In the order in which receivers read it. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("timestamp", at.toString());
        body.put("data", data);
        return body;
    }
}
