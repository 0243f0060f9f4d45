package org.saminversion.standalone.cli.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.saminversion.inversion.method.Optimizer;
import picocli.CommandLine.Option;

/** What a batch asks of the service: settings of items that name none, and how to treat the whole. */
public final class BatchOptions {
    @Option(names = "--name", paramLabel = "TEXT", description = "Your own words for the batch.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--bundle", paramLabel = "NAME", description = "The model bundle. Default: the only one.")
    private Optional<String> bundle = Optional.empty();

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "sam, wplus, a feature space such as F4, or another (see: sam methods). Default: sam.")
    private Optional<String> method = Optional.empty();

    @Option(names = "--steps", paramLabel = "N", description = "Optimisation steps. Default: those of the bundle.")
    private Optional<Integer> steps = Optional.empty();

    @Option(names = "--tau", paramLabel = "ERROR", description = "Error ceiling. Default: that of the bundle.")
    private Optional<Double> tau = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same latents. Default: 0.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the method (see: sam methods), such as measured-map=1; can be repeated.")
    private Map<String, Double> chosen = new LinkedHashMap<>();

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "How the latents descend: ${COMPLETION-CANDIDATES}. Default: that of the service.")
    private Optional<Optimizer> optimizer = Optional.empty();

    @Option(
            names = "--edit",
            paramLabel = "DIRECTION=STRENGTH",
            description = "An edited picture of each image, such as smile=1.5; can be repeated.")
    private Map<String, Double> edits = new LinkedHashMap<>();

    @Option(names = "--all-or-nothing", description = "Refuse the whole catalogue if one line is wrong.")
    private boolean allOrNothing;

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            description = "What has not ended by then expires; such as PT12H or P2D. Default: that of the service.")
    private Optional<String> deadline = Optional.empty();

    @Option(
            names = "--callback",
            paramLabel = "URL|ID",
            description = "Who is told once when the batch has ended: a URL, or the id of an endpoint.")
    private Optional<String> callback = Optional.empty();

    /** @param format in the service's words */
    public ObjectNode request(String format) {
        ObjectNode request = new ObjectMapper().createObjectNode();
        request.put("format", format);
        name.ifPresent(value -> request.put("name", value));
        request.put("onError", allOrNothing ? "reject" : "continue");
        deadline.ifPresent(value -> request.put("deadline", value));
        callback.ifPresent(value -> {
            if (value.contains("://")) {
                request.put("callback", value);
            } else {
                request.putObject("callback").put("endpoint", value);
            }
        });
        ObjectNode defaults = request.putObject("defaults");
        bundle.ifPresent(value -> defaults.put("bundle", value));
        method.ifPresent(value -> defaults.put("method", value));
        steps.ifPresent(value -> defaults.put("steps", value));
        tau.ifPresent(value -> defaults.put("tau", value));
        seed.ifPresent(value -> defaults.put("seed", value));
        optimizer.ifPresent(value -> defaults.put("optimizer", value.name()));
        if (!chosen.isEmpty()) {
            ObjectNode settings = defaults.putObject("settings");
            chosen.forEach(settings::put);
        }
        if (!edits.isEmpty()) {
            ArrayNode orders = defaults.putArray("edits");
            edits.forEach((direction, strength) ->
                    orders.addObject().put("direction", direction).put("strength", strength));
        }
        return request;
    }
}
