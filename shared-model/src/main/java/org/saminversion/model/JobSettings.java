package org.saminversion.model;

import java.util.List;

/**
 * What the caller chose; checked before it gets here.
 *
 * @param method {@code sam}, {@code wplus} or a feature space
 * @param tau error ceiling of the map
 */
public record JobSettings(String bundle, String method, double tau, int steps, long seed, List<EditOrder> edits) {}
