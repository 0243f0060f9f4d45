package org.saminversion.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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
        ArrayNode memory = node.putArray("memory");
        for (MemoryStage stage : result.memory()) {
            memory.addObject()
                    .put("stage", stage.name())
                    .put("resident_mib", stage.resident())
                    .put("peak_mib", stage.peak())
                    .put("java_heap_mib", stage.heap())
                    .put("java_direct_mib", stage.direct());
        }
        result.peerPeakMebibytes().ifPresent(value -> node.put("peer_peak_rss_mib", value));
        node.put("compile_seconds", result.compileSeconds());
        node.set("machine", of(machine));
        return node;
    }

    /** Ways to optimise many images, in the order of their measurement. */
    public static ObjectNode of(ImagesBenchmark.Plan plan, List<ImagesBenchmark.Result> results, Machine machine) {
        ObjectNode node = JSON.createObjectNode();
        node.put("size", plan.size());
        node.put("waiting", plan.waiting().name().toLowerCase(Locale.ROOT));
        node.put("blocks", plan.blocks());
        node.put("steps_per_block", plan.stepsPerBlock());
        ArrayNode ways = node.putArray("ways");
        for (ImagesBenchmark.Result result : results) {
            ways.addObject()
                    .put("programs", result.way().programs())
                    .put("batch", result.way().batch())
                    .put("threads", result.way().threads())
                    .put("seconds_per_image_step", result.secondsPerImageStep())
                    .put("seconds_per_image_step_min", result.fastest())
                    .put("seconds_per_image_step_max", result.slowest())
                    .put("ratio_to_first", result.ratio());
        }
        node.set("machine", of(machine));
        return node;
    }

    private static ObjectNode of(Machine machine) {
        return JSON.createObjectNode()
                .put("processor", machine.processor())
                .put("cores", machine.cores())
                .put("memory_mib", machine.memoryMebibytes())
                .put("system", machine.system())
                .put("java", machine.java())
                .put("onnx_runtime", machine.onnxRuntime());
    }
}
