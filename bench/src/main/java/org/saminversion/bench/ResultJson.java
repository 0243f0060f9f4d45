package org.saminversion.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A measurement as JSON, with the machine that made it. */
public final class ResultJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultJson() {}

    public static ObjectNode of(EngineBenchmark.Result result, Machine machine) {
        EngineBenchmark.Plan plan = result.plan();
        ObjectNode node = JSON.createObjectNode();
        node.put("size", plan.size());
        node.put("batch", plan.batch());
        node.put("spaces", plan.spaces());
        node.put("threads", plan.threads());
        node.put("waiting", plan.waiting().name().toLowerCase(Locale.ROOT));
        node.put("blocks", plan.blocks());
        node.put("steps_per_block", plan.stepsPerBlock());
        node.put("seconds_per_step", result.secondsPerStep());
        node.put("seconds_per_step_min", result.fastest());
        node.put("seconds_per_step_max", result.slowest());
        result.peerSecondsPerStep().ifPresent(value -> node.put("peer_seconds_per_step", value));
        result.ratio().ifPresent(value -> node.put("ratio", value));
        node.put("gflops", result.gigaflops());
        node.put("gemm_peak_gflops", result.gemmPeakGigaflops());
        node.put("peak_rss_mib", result.peakMebibytes());
        result.peerPeakMebibytes().ifPresent(value -> node.put("peer_peak_rss_mib", value));
        node.put("compile_seconds", result.compileSeconds());
        node.set(
                "machine",
                JSON.createObjectNode()
                        .put("processor", machine.processor())
                        .put("cores", machine.cores())
                        .put("memory_mib", machine.memoryMebibytes())
                        .put("system", machine.system())
                        .put("java", machine.java())
                        .put("onnx_runtime", machine.onnxRuntime()));
        return node;
    }
}
