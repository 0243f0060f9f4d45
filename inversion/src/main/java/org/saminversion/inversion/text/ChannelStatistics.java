package org.saminversion.inversion.text;

/** Means and standard deviations that grow sample by sample (Welford's method, which loses no digits to large means). */
final class ChannelStatistics {
    private final double[] means;
    private final double[] squares;
    private int count;

    ChannelStatistics(int channels) {
        this.means = new double[channels];
        this.squares = new double[channels];
    }

    void add(float[] sample) {
        count++;
        for (int i = 0; i < sample.length; i++) {
            double before = sample[i] - means[i];
            means[i] += before / count;
            squares[i] += before * (sample[i] - means[i]);
        }
    }

    int count() {
        return count;
    }

    double mean(int channel) {
        return means[channel];
    }

    /** Of the samples themselves, as NumPy has it. */
    double deviation(int channel) {
        return Math.sqrt(squares[channel] / count);
    }

    float[] deviations() {
        float[] out = new float[means.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) deviation(i);
        }
        return out;
    }
}
