package org.saminversion.inversion.engine;

import java.util.Optional;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;

/**
 * One photograph of a batch and how to invert it.
 *
 * @param map needed by the method {@code sam}; its tau is replaced by that of the settings
 */
public record InversionRequest(RgbImage photograph, InversionSettings settings, Optional<InvertibilityMap> map) {}
