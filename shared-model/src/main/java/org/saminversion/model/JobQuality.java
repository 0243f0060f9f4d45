package org.saminversion.model;

/** How close the reconstruction is: PSNR in dB, and LPIPS in the bundle's perceptual network. */
public record JobQuality(double psnrDecibel, double lpips) {}
