package org.saminversion.standalone.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.saminversion.bench.OptimizerBenchmark.Comparison;
import org.saminversion.bench.OptimizerBenchmark.Curves;
import org.saminversion.inversion.method.Optimizer;

/** Ways of optimising beside the reference, for programs and for people. */
final class OptimizerReport {
    private static final int CURVE_STEPS = 20;
    private static final double ROUNDED = 1e4;

    private final Curves reference;
    private final ObjectNode result;

    /** @param header what all ways have in common */
    OptimizerReport(ObjectNode header, Curves reference) {
        this.reference = reference;
        this.result = header;
        result.put("reference_steps", reference.steps());
        result.put("reference_seconds_per_step", rounded(reference.secondsPerStep()));
        result.put("reference_mean_loss", rounded(reference.meanEnd()));
        result.put("processors", Runtime.getRuntime().availableProcessors());
        result.put("java", System.getProperty("java.version"));
        result.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    static ObjectNode header() {
        return new ObjectMapper().createObjectNode();
    }

    void add(String method, Optimizer optimizer, Curves curves) {
        Comparison comparison = curves.against(reference);
        ObjectNode way = result.withArray("ways").addObject();
        way.put("method", method);
        way.put("optimizer", optimizer.name().toLowerCase(Locale.ROOT));
        way.put("steps", curves.steps());
        way.put("seconds_of_start", rounded(curves.secondsOfStart()));
        way.put("seconds_per_step", rounded(curves.secondsPerStep()));
        way.put("mean_loss", rounded(curves.meanEnd()));
        way.put("loss_ratio", mean(comparison.endRatios()));
        way.put("end_worse", comparison.endWorse());
        if (Double.isFinite(comparison.medianStepsToGoal())) {
            way.put("median_steps_to_reference_loss", comparison.medianStepsToGoal());
            way.put("time_share", rounded(comparison.timeShare()));
        } else {
            way.putNull("median_steps_to_reference_loss");
            way.putNull("time_share");
        }
        ArrayNode ratios = way.putArray("loss_ratio_by_image");
        comparison.endRatios().forEach(ratio -> ratios.add(rounded(ratio)));
        ObjectNode curve = way.putObject("loss_ratio_by_step");
        for (int step = CURVE_STEPS; step <= curves.steps(); step += CURVE_STEPS) {
            curve.put(Integer.toString(step), mean(curves.ratios(reference, step - 1)));
        }
    }

    private static double mean(List<Double> ratios) {
        return rounded(
                ratios.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }

    private static double rounded(double value) {
        return Math.round(value * ROUNDED) / ROUNDED;
    }

    /** All ways so far. */
    JsonNode json() {
        return result;
    }

    void print(PrintStream out) {
        out.println("reference, " + reference.steps() + " steps: mean loss " + result.path("reference_mean_loss"));
        result.path("ways").forEach(way -> out.println(line(way)));
    }

    private static String line(JsonNode way) {
        return String.format(
                Locale.ROOT,
                "%s, %s, %d steps: mean loss %.4f (%.3f of the reference's), %d end worse, %s",
                way.path("method").asText(),
                way.path("optimizer").asText(),
                way.path("steps").asInt(),
                way.path("mean_loss").asDouble(),
                way.path("loss_ratio").asDouble(),
                way.path("end_worse").asInt(),
                way.path("time_share").isNull()
                        ? "most never reach its loss"
                        : String.format(
                                Locale.ROOT,
                                "its loss after %.0f steps, in %.3f of its time",
                                way.path("median_steps_to_reference_loss").asDouble(),
                                way.path("time_share").asDouble()));
    }
}
