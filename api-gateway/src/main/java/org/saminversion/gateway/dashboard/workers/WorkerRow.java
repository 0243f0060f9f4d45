package org.saminversion.gateway.dashboard.workers;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.saminversion.model.crew.WorkerSeen;

/**
 * A worker in the list.
 *
 * @param state {@code working}, {@code idle}, {@code silent} or {@code ended}
 */
public record WorkerRow(
        String name,
        String kind,
        String machine,
        long process,
        int slots,
        String state,
        List<WorkRow> work,
        Instant started,
        Instant last) {
    /**
     * A job in its hands.
     *
     * @param address of the job's page; empty if it is another tenant's
     */
    public record WorkRow(String name, String address, String stage, long percent) {}

    public static WorkerRow of(WorkerSeen seen, Instant now) {
        return new WorkerRow(
                seen.worker().name(),
                seen.worker().kind(),
                seen.worker().machine(),
                seen.worker().process(),
                seen.worker().slots(),
                state(seen, now),
                seen.work().stream().map(WorkerRow::work).toList(),
                seen.worker().started(),
                seen.last());
    }

    /** Id of its element on a page. */
    public String element() {
        return "worker-" + name.replaceAll("[^A-Za-z0-9]", "-");
    }

    private static String state(WorkerSeen seen, Instant now) {
        if (!seen.isThere(now)) {
            return seen.left().isPresent() ? "ended" : "silent";
        }
        return seen.work().isEmpty() ? "idle" : "working";
    }

    private static WorkRow work(WorkerSeen.Work work) {
        return new WorkRow(
                work.job().isPresent() ? work.name() : "a job of another tenant",
                work.job().map(id -> "/dashboard/jobs/" + id).orElse(""),
                work.state().name().toLowerCase(Locale.ROOT),
                Math.round(100 * work.progress()));
    }
}
