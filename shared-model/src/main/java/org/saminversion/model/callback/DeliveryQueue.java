package org.saminversion.model.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.hibernate.reactive.mutiny.Mutiny;

/** Where messages to endpoints are put, in the transaction that makes them true. */
@ApplicationScoped
public class DeliveryQueue {
    private static final String INSERT =
            "insert into deliveries (id, tenant, endpoint_id, subject, number, type, body, state,"
                    + " tries, attempts, fence, retries_from, next_attempt_at, created_at, updated_at, finished_at)"
                    + " select cast(:id as uuid), e.tenant, e.id, cast(:subject as uuid), cast(:number as bigint),"
                    + " cast(:type as text), cast(:body as text), case when e.enabled then 'PENDING' else 'GONE' end, 0, 0, 0,"
                    + " n.at, n.at, n.at, n.at, case when e.enabled then null else n.at end"
                    + " from endpoints e, (select cast(:at as timestamptz) as at) n"
                    + " where e.id = cast(:endpoint as uuid) and e.tenant = cast(:tenant as text) on conflict (id) do nothing";

    private final ObjectMapper json = new ObjectMapper();

    /**
     * Adds a message to the transaction of the session. If the endpoint was deleted, nothing is added; if it is disabled, the
     * message is kept as GONE and can be redelivered.
     */
    public Uni<Void> add(Mutiny.Session session, DeliveryDraft draft) {
        return session.createNativeQuery(INSERT)
                .setParameter("id", draft.id().value())
                .setParameter("subject", draft.subject())
                .setParameter("number", draft.number())
                .setParameter("type", draft.type())
                .setParameter("body", write(draft))
                .setParameter("at", draft.at())
                .setParameter("endpoint", draft.endpoint().value())
                .setParameter("tenant", draft.tenant().name())
                .executeUpdate()
                .replaceWithVoid();
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
