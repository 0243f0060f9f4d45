package org.saminversion.model.callback;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.saminversion.model.Tenant;

/** A row of {@code endpoints}; the columns are explained in V20__callbacks.sql. */
@Entity
@Table(name = "endpoints")
class EndpointEntity {
    @Id
    UUID id;

    String tenant;
    String url;
    String description;
    String events;
    boolean enabled;

    @Column(name = "disabled_reason")
    String disabledReason;

    String secret;

    @Column(name = "previous_secret")
    String previousSecret;

    @Column(name = "previous_secret_until")
    Instant previousSecretUntil;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    /** The present one first. */
    List<String> liveSecrets(Instant now) {
        List<String> live = new ArrayList<>(List.of(secret));
        if (previousSecret != null && previousSecretUntil.isAfter(now)) {
            live.add(previousSecret);
        }
        return live;
    }

    Endpoint value(Instant now) {
        return new Endpoint(
                new EndpointId(id),
                new Tenant(tenant),
                url,
                description,
                CallbackEvent.read(events),
                enabled,
                Optional.ofNullable(disabledReason),
                Optional.ofNullable(previousSecretUntil).filter(until -> until.isAfter(now)),
                createdAt,
                updatedAt);
    }
}
