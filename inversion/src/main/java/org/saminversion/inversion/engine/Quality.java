package org.saminversion.inversion.engine;

/**
 * How close a rendering is to the photograph (spec evaluation.md section 1).
 *
 * @param psnrDecibel higher is better
 * @param lpips distance in the bundle's perceptual network, lower is better
 */
public record Quality(double psnrDecibel, double lpips) {}
