package org.saminversion.gateway;

import java.util.List;
import java.util.Optional;
import org.saminversion.model.EditOrder;

/**
 * What the caller sent, understood but not yet checked against the bundle. What is absent gets the bundle's default.
 *
 * @param image bytes of an image file; empty if none came
 */
record InversionRequest(
        byte[] image,
        Optional<String> bundle,
        Optional<String> method,
        Optional<Double> tau,
        Optional<Integer> steps,
        Optional<Long> seed,
        List<EditOrder> edits,
        Optional<CallbackRequest> callback) {
    InversionRequest withImage(byte[] bytes) {
        return new InversionRequest(bytes, bundle, method, tau, steps, seed, edits, callback);
    }
}
