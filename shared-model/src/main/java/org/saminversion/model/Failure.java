package org.saminversion.model;

/**
 * Why a job has not succeeded.
 *
 * @param kind a stable word that names a page in docs/problems
 */
public record Failure(String kind, String detail) {}
