package org.saminversion.gateway.problems;

import org.saminversion.model.Failure;

/**
 * Why something failed that had been accepted, as callers see it.
 *
 * @param type as problems have it
 * @param kind the last part of the type: the word that programs compare
 */
public record FailureView(String type, String kind, String detail) {
    /** The failure with the address of its page. */
    public static FailureView of(Failure failure) {
        return new FailureView(Problem.typeOf(failure.kind()), failure.kind(), failure.detail());
    }
}
