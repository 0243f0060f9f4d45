package org.saminversion.gateway.submissions;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.saminversion.gateway.callbacks.CallbackRequest;
import org.saminversion.inversion.method.Optimizer;
import org.saminversion.model.EditOrder;
import org.saminversion.model.Sha256;

/**
 * What the caller sent, understood but not yet checked against the bundle. What is absent gets the bundle's default.
 *
 * @param image bytes of an image file; empty if none came
 * @param optimizer a name for some of the settings, which those that are named themselves go before
 * @param settings of the method, by name
 * @param customId the caller's own name for the job
 */
public record InversionRequest(
        byte[] image,
        Optional<String> bundle,
        Optional<String> method,
        Optional<Double> tau,
        Optional<Integer> steps,
        Optional<Long> seed,
        Optional<Optimizer> optimizer,
        Map<String, Double> settings,
        List<EditOrder> edits,
        Optional<String> customId,
        Optional<CallbackRequest> callback) {
    InversionRequest withImage(byte[] bytes) {
        return new InversionRequest(
                bytes, bundle, method, tau, steps, seed, optimizer, settings, edits, customId, callback);
    }

    /** Of everything that the caller asked for, however it was written down. */
    public String sha256() {
        String words = List.of(
                        bundle, method, tau, steps, seed, optimizer, new TreeMap<>(settings), edits, customId, callback)
                .toString();
        return Sha256.of(words.getBytes(StandardCharsets.UTF_8), new byte[] {0}, image);
    }
}
