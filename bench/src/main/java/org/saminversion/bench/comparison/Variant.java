package org.saminversion.bench.comparison;

import org.saminversion.inversion.engine.InversionSettings;

/**
 * One of the ways that are compared.
 *
 * @param name in tables; fit for a file name
 */
public record Variant(String name, InversionSettings settings) {}
