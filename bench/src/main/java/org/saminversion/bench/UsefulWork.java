package org.saminversion.bench;

/**
 * The operations that the mathematics of one step needs, however a program computes them: convolutions and the perceptual network
 * forward once, and backward to the latents once. A multiplication with its addition counts as two operations. Up-convolutions count
 * as transposed convolutions plus their filter, not as the larger polyphase form; element-wise work does not count.
 */
final class UsefulWork {
    private static final int FILTER_TAPS = 16;

    private UsefulWork() {}

    /** Floating-point operations of one step for one image. */
    static double operations(BenchmarkLayout layout) {
        return 2.0 * 2.0 * (generator(layout) + perceptual(layout));
    }

    /** Multiplications forward. */
    private static double generator(BenchmarkLayout layout) {
        double total = 0;
        for (int r = 4; r <= layout.size(); r *= 2) {
            double pixels = (double) r * r;
            double out = layout.channels(r);
            if (r > 4) {
                double in = layout.channels(r / 2);
                total += 9 * in * out * pixels / 4 + FILTER_TAPS * out * pixels;
            }
            total += 9 * out * out * pixels + 3 * out * pixels;
        }
        return total;
    }

    /** Multiplications forward; the target's features do not depend on the latents. */
    private static double perceptual(BenchmarkLayout layout) {
        double total = 0;
        double pixels = (double) layout.image().targetHeight() * layout.image().targetWidth();
        int in = 3;
        for (int stage = 0; stage < layout.stages().size(); stage++) {
            for (int out : layout.stages().get(stage)) {
                total += 9.0 * in * out * pixels;
                in = out;
            }
            pixels /= 4;
        }
        return total;
    }
}
