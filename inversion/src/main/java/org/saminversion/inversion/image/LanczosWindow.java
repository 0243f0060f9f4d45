package org.saminversion.inversion.image;

/**
 * The source pixels that make one output pixel of a Lanczos resize along one axis (spec baselines.md 7.2).
 *
 * @param start first source pixel
 * @param weights one per source pixel from there on; their sum is 1
 */
record LanczosWindow(int start, double[] weights) {
    private static final double LOBES = 3;

    /** One window per output pixel. */
    static LanczosWindow[] all(int sizeIn, int sizeOut) {
        if (sizeOut < 1) {
            throw new IllegalArgumentException("a picture needs at least one pixel along each axis, not " + sizeOut);
        }
        LanczosWindow[] windows = new LanczosWindow[sizeOut];
        double scale = (double) sizeIn / sizeOut;
        double filterScale = Math.max(scale, 1);
        double support = LOBES * filterScale;
        for (int x = 0; x < sizeOut; x++) {
            double centre = (x + 0.5) * scale;
            int start = Math.max(0, (int) (centre - support + 0.5));
            int end = Math.min(sizeIn, (int) (centre + support + 0.5));
            double[] weights = new double[end - start];
            double sum = 0;
            for (int j = 0; j < weights.length; j++) {
                weights[j] = lanczos((start + j - centre + 0.5) * (1 / filterScale));
                sum += weights[j];
            }
            double inverse = 1 / sum;
            for (int j = 0; j < weights.length; j++) {
                weights[j] *= inverse;
            }
            windows[x] = new LanczosWindow(start, weights);
        }
        return windows;
    }

    private static double lanczos(double u) {
        return u >= -LOBES && u < LOBES ? sinc(u) * sinc(u / LOBES) : 0;
    }

    private static double sinc(double u) {
        double angle = u * Math.PI;
        return u == 0 ? 1 : Math.sin(angle) / angle;
    }
}
