package org.saminversion.model.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.TraceContext;

/** Where messages to endpoints are put, in the transaction that makes them true. */
@ApplicationScoped
public class DeliveryQueue {
    /** Its parameters are those of {@link #values}, in their order. */
    public static final String INSERT =
            "insert into deliveries (id, tenant, endpoint_id, subject, number, type, body, state,"
                    + " tries, attempts, fence, retries_from, next_attempt_at, created_at, updated_at, finished_at,"
                    + " traceparent)"
                    + " select cast(?1 as uuid), e.tenant, e.id, cast(?2 as uuid), cast(?3 as bigint),"
                    + " cast(?4 as text), cast(?5 as text), case when e.enabled then 'PENDING' else 'GONE' end, 0, 0, 0,"
                    + " n.at, n.at, n.at, n.at, case when e.enabled then null else n.at end,"
                    + " cast(?9 as text)"
                    + " from endpoints e, (select cast(?6 as timestamptz) as at) n"
                    + " where e.id = cast(?7 as uuid) and e.tenant = cast(?8 as text) on conflict (id) do nothing";

    private final ObjectMapper json = new ObjectMapper();

    /**
     * Adds a message to the transaction of the session. If the endpoint was deleted, nothing is added; if it is disabled, the
     * message is kept as GONE and can be redelivered.
     */
    public Uni<Void> add(Mutiny.Session session, DeliveryDraft draft) {
        Mutiny.MutationQuery insert = session.createNativeQuery(INSERT);
        List<Object> values = values(draft);
        for (int i = 0; i < values.size(); i++) {
            insert.setParameter(i + 1, values.get(i));
        }
        return insert.executeUpdate().replaceWithVoid();
    }

    /** For statements that store more than the message. */
    public List<Object> values(DeliveryDraft draft) {
        return Arrays.asList(
                draft.id().value(),
                draft.subject(),
                draft.number(),
                draft.type(),
                write(draft),
                draft.at(),
                draft.endpoint().value(),
                draft.tenant().name(),
                draft.trace().map(TraceContext::toString).orElse(null));
    }

    private String write(DeliveryDraft draft) {
        try {
            String body = json.writeValueAsString(draft.body());
            if (body.getBytes(StandardCharsets.UTF_8).length >= DeliveryDraft.BODY_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "the body of a delivery must stay below " + DeliveryDraft.BODY_BYTES_MAX + " bytes");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a delivery of ours does not turn into JSON", e);
        }
    }
}
