package org.saminversion.model.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.model.EditOrder;
import org.saminversion.model.Failure;
import org.saminversion.model.Job;
import org.saminversion.model.JobId;
import org.saminversion.model.JobQuality;
import org.saminversion.model.JobSettings;
import org.saminversion.model.Tenant;
import org.saminversion.model.TraceContext;

/** Between rows and values. */
public final class JobMapping {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JobMapping() {}

    static Job job(JobEntity row, List<EditEntity> edits) {
        return new Job(
                new JobId(row.id),
                new Tenant(row.tenant),
                row.lane,
                row.state,
                row.version,
                new JobSettings(
                        row.bundle,
                        row.method,
                        row.tau,
                        row.steps,
                        row.seed,
                        read(row.settings, new TypeReference<>() {}),
                        edits.stream()
                                .map(edit -> new EditOrder(edit.direction, edit.strength))
                                .toList()),
                row.inputSha256,
                row.inputMediaType,
                row.attempts,
                row.step,
                row.progress,
                Optional.ofNullable(row.psnrDecibel).map(psnr -> new JobQuality(psnr, row.lpips)),
                row.shares == null ? Map.of() : read(row.shares, new TypeReference<>() {}),
                row.provenance == null ? Map.of() : read(row.provenance, new TypeReference<>() {}),
                Optional.ofNullable(row.failureKind).map(kind -> new Failure(kind, row.failureDetail)),
                Optional.ofNullable(row.customId),
                Optional.ofNullable(row.rerunOf).map(JobId::new),
                row.pinned,
                trace(row.traceparent),
                new Job.Times(
                        row.createdAt,
                        row.updatedAt,
                        Optional.ofNullable(row.startedAt),
                        Optional.ofNullable(row.finishedAt),
                        row.queueDeadline,
                        Optional.ofNullable(row.runDeadline),
                        row.expiresAt));
    }

    /** @param traceparent a column; null where there is no trace */
    public static Optional<TraceContext> trace(String traceparent) {
        return Optional.ofNullable(traceparent).flatMap(TraceContext::parse);
    }

    public static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value of ours does not turn into JSON", e);
        }
    }

    public static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored value is not the JSON that was written", e);
        }
    }
}
