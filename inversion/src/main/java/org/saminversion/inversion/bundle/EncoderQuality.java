package org.saminversion.inversion.bundle;

/**
 * How well an encoder alone inverts photographs that it was not trained on.
 *
 * @param psnrDecibel mean over the photographs; higher is better
 * @param lpips mean distance in the bundle's perceptual network; lower is better
 * @param photographs at least one
 */
public record EncoderQuality(double psnrDecibel, double lpips, int photographs) {
    public EncoderQuality {
        if (photographs < 1) {
            throw new IllegalArgumentException("quality is measured on at least one photograph, not " + photographs);
        }
    }
}
