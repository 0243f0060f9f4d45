package org.saminversion.standalone.cli.bench.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.cli.batch.BatchClient;
import org.saminversion.standalone.cli.batch.BatchOptions;

/** How long a service in this process takes to receive and check a catalogue, and with how much memory. */
final class BatchTrial {
    private static final long LOOK_EVERY_MS = 100;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    private final BatchClient client;
    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock */
    BatchTrial(BatchClient client, LongSupplier nanoTime) {
        this.client = client;
        this.nanoTime = nanoTime;
    }

    /**
     * @param heapPeakMebibytes of everything in the process, what waits to be collected included
     * @param heapMaxMebibytes what the process may take at most
     */
    record Result(
            long items,
            long rejected,
            double uploadMebibytes,
            double uploadSeconds,
            double validationSeconds,
            double heapPeakMebibytes,
            double heapMaxMebibytes) {
        double seconds() {
            return uploadSeconds + validationSeconds;
        }

        ObjectNode toJson() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("items", items);
            node.put("rejected_lines", rejected);
            node.put("upload_mib", uploadMebibytes);
            node.put("upload_seconds", uploadSeconds);
            node.put("validation_seconds", validationSeconds);
            node.put("seconds", seconds());
            node.put("heap_peak_mib", heapPeakMebibytes);
            node.put("heap_max_mib", heapMaxMebibytes);
            return node;
        }
    }

    /** Sends the archive and waits until its lines are checked. @throws JobFailure.Rejected if the service refuses it */
    Result run(Path archive) throws IOException, InterruptedException {
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        System.gc();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = nanoTime.getAsLong();
        URI batch = client.create(new BatchOptions().request("zip"));
        client.upload(batch, archive, (sent, total) -> {});
        client.finalizeUpload(batch);
        long uploaded = nanoTime.getAsLong();
        JsonNode counts = awaitCheck(batch).path("counts");
        long checked = nanoTime.getAsLong();
        return new Result(
                counts.path("items").asLong(),
                counts.path("rejected").asLong(),
                Files.size(archive) / BYTES_PER_MEBIBYTE,
                (uploaded - start) / NANOS_PER_SECOND,
                (checked - uploaded) / NANOS_PER_SECOND,
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / BYTES_PER_MEBIBYTE,
                Runtime.getRuntime().maxMemory() / BYTES_PER_MEBIBYTE);
    }

    private JsonNode awaitCheck(URI batch) throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            JsonNode state = client.state(batch);
            if (state.hasNonNull("failure")) {
                throw new JobFailure.Rejected(
                        state.path("failure").path("kind").asText(),
                        state.path("failure").path("detail").asText());
            }
            if (state.hasNonNull("openedAt")) {
                return state;
            }
            never.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }
}
