package org.saminversion.model.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.saminversion.model.JobFilter;
import org.saminversion.model.JobPage;
import org.saminversion.model.Tenant;

/** The query of one page of one tenant's jobs, newest first. */
final class JobQuery {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    JobQuery(Tenant tenant, JobFilter filter, Optional<JobPage.Position> after) {
        where("tenant = :tenant", Map.of("tenant", tenant.name()));
        filter.state().ifPresent(state -> where("state = :state", Map.of("state", state)));
        filter.bundle().ifPresent(bundle -> where("bundle = :bundle", Map.of("bundle", bundle)));
        filter.method().ifPresent(method -> where("method = :method", Map.of("method", method)));
        filter.customId().ifPresent(id -> where("customId = :customId", Map.of("customId", id)));
        filter.failureKind().ifPresent(kind -> where("failureKind = :failureKind", Map.of("failureKind", kind)));
        filter.createdFrom().ifPresent(from -> where("createdAt >= :from", Map.of("from", from)));
        filter.createdBefore().ifPresent(before -> where("createdAt < :before", Map.of("before", before)));
        after.ifPresent(position -> where(
                "(createdAt < :created or createdAt = :created and id < :id)",
                Map.of("created", position.created(), "id", position.id().value())));
    }

    Mutiny.SelectionQuery<JobEntity> on(Mutiny.Session session) {
        String text = "from JobEntity where " + String.join(" and ", conditions) + " order by createdAt desc, id desc";
        Mutiny.SelectionQuery<JobEntity> query = session.createQuery(text, JobEntity.class);
        parameters.forEach(query::setParameter);
        return query;
    }

    private void where(String condition, Map<String, Object> values) {
        conditions.add(condition);
        parameters.putAll(values);
    }
}
