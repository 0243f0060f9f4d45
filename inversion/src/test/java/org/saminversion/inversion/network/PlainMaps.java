package org.saminversion.inversion.network;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/**
 * Layers written as their definitions read, in double precision, one image at a time: slow, and made without the graph, so
 * that the two can be compared.
 *
 * @param values [channels][height][width]
 */
public record PlainMaps(double[][][] values) {
    private interface Pixel {
        double at(int channel, int y, int x);
    }

    public static PlainMaps of(Tensor image) {
        Shape shape = image.shape();
        double[] flat = image.toDoubles();
        int height = shape.size(2);
        int width = shape.size(3);
        return make(shape.size(1), height, width, (c, y, x) -> flat[(c * height + y) * width + x]);
    }

    private static PlainMaps make(int channels, int height, int width, Pixel pixel) {
        double[][][] values = new double[channels][height][width];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    values[c][y][x] = pixel.at(c, y, x);
                }
            }
        }
        return new PlainMaps(values);
    }

    public int channels() {
        return values.length;
    }

    public int height() {
        return values[0].length;
    }

    public int width() {
        return values[0][0].length;
    }

    public PlainMaps map(DoubleUnaryOperator function) {
        return make(channels(), height(), width(), (c, y, x) -> function.applyAsDouble(values[c][y][x]));
    }

    public PlainMaps relu() {
        return map(value -> Math.max(0, value));
    }

    public PlainMaps add(PlainMaps other) {
        return make(channels(), height(), width(), (c, y, x) -> values[c][y][x] + other.values[c][y][x]);
    }

    public PlainMaps scaled(IntToDoubleFunction ofChannel) {
        return make(channels(), height(), width(), (c, y, x) -> values[c][y][x] * ofChannel.applyAsDouble(c));
    }

    public PlainMaps shifted(IntToDoubleFunction ofChannel) {
        return make(channels(), height(), width(), (c, y, x) -> values[c][y][x] + ofChannel.applyAsDouble(c));
    }

    /** Correlation with a weight [O,I,k,k]; zeros outside. */
    public PlainMaps convolved(Tensor weight, int stride, int padding) {
        double[] w = weight.toDoubles();
        int in = weight.shape().size(1);
        int k = weight.shape().size(2);
        return make(
                weight.shape().size(0),
                (height() + 2 * padding - k) / stride + 1,
                (width() + 2 * padding - k) / stride + 1,
                (o, y, x) -> {
                    double sum = 0;
                    for (int i = 0; i < in; i++) {
                        for (int ky = 0; ky < k; ky++) {
                            for (int kx = 0; kx < k; kx++) {
                                sum += w[((o * in + i) * k + ky) * k + kx]
                                        * atOr(i, y * stride + ky - padding, x * stride + kx - padding, 0);
                            }
                        }
                    }
                    return sum;
                });
    }

    /** @param roundUp whether a last window may hang over the edge */
    public PlainMaps pooled(int kernel, int stride, boolean roundUp) {
        return make(
                channels(),
                windows(height(), kernel, stride, roundUp),
                windows(width(), kernel, stride, roundUp),
                (c, y, x) -> {
                    double largest = Double.NEGATIVE_INFINITY;
                    for (int i = 0; i < kernel * kernel; i++) {
                        int row = y * stride + i / kernel;
                        int column = x * stride + i % kernel;
                        largest = Math.max(largest, atOr(c, row, column, Double.NEGATIVE_INFINITY));
                    }
                    return largest;
                });
    }

    private static int windows(int size, int kernel, int stride, boolean roundUp) {
        double steps = (double) (size - kernel) / stride;
        return (int) (roundUp ? Math.ceil(steps) : Math.floor(steps)) + 1;
    }

    private double atOr(int channel, int y, int x, double outside) {
        return y < 0 || x < 0 || y >= height() || x >= width() ? outside : values[channel][y][x];
    }

    public PlainMaps beside(PlainMaps other) {
        double[][][] both = Arrays.copyOf(values, channels() + other.channels());
        System.arraycopy(other.values, 0, both, channels(), other.channels());
        return new PlainMaps(both);
    }

    /** The mean of each channel, as one pixel. */
    public PlainMaps mean() {
        return make(
                channels(),
                1,
                1,
                (c, y, x) -> Arrays.stream(values[c])
                        .flatMapToDouble(Arrays::stream)
                        .average()
                        .orElseThrow());
    }
}
