package org.saminversion.inversion.network;

import java.util.Map;
import java.util.OptionalDouble;
import org.saminversion.graph.Tensor;

/**
 * The StyleGAN2 generator written as spec networks.md 1.2 reads, in double precision and without any of the engine's forms: weights
 * are modulated, up-sampling inserts zeros, and filters run over padded images.
 */
public record PlainStyleGan2(Map<String, Tensor> tensors, OptionalDouble convClamp) {
    private static final double EPSILON = 1e-8;
    private static final double[] KERNEL = {1, 3, 3, 1};

    /** @param labels empty for a generator without classes */
    public double[] mapping(double[] z, double[] labels) {
        double[] x = normalised(z);
        if (labels.length > 0) {
            double[] embedded = normalised(linear(labels, "mapping.embed", 1 / Math.sqrt(labels.length), 1));
            double[] both = new double[x.length + embedded.length];
            System.arraycopy(x, 0, both, 0, x.length);
            System.arraycopy(embedded, 0, both, x.length, embedded.length);
            x = both;
        }
        for (int layer = 0; tensors.containsKey("mapping.fc" + layer + ".weight"); layer++) {
            x = linear(x, "mapping.fc" + layer, 0.01 / Math.sqrt(x.length), 0.01);
            for (int i = 0; i < x.length; i++) {
                x[i] = Math.max(x[i], 0.2 * x[i]) * Math.sqrt(2);
            }
        }
        return x;
    }

    private static double[] normalised(double[] x) {
        double square = 0;
        for (double value : x) {
            square += value * value / x.length;
        }
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] / Math.sqrt(square + EPSILON);
        }
        return out;
    }

    private double[] linear(double[] x, String name, double gain, double biasGain) {
        double[] weight = tensors.get(name + ".weight").toDoubles();
        double[] bias = tensors.get(name + ".bias").toDoubles();
        double[] out = new double[bias.length];
        for (int o = 0; o < out.length; o++) {
            out[o] = bias[o] * biasGain;
            for (int i = 0; i < x.length; i++) {
                out[o] += weight[o * x.length + i] * gain * x[i];
            }
        }
        return out;
    }

    /** The image of one style vector, the same for every layer, with constant noise: [3][R][R]. */
    public PlainMaps image(double[] w) {
        Tensor constant = tensors.get("synthesis.b4.const");
        PlainMaps x = PlainMaps.of(constant.reshape(1, constant.shape().size(0), 4, 4));
        PlainMaps image = null;
        for (int r = 4; tensors.containsKey("synthesis.b" + r + ".conv1.weight"); r *= 2) {
            String block = "synthesis.b" + r;
            if (r > 4) {
                x = layer(block + ".conv0", x, w, true);
            }
            x = layer(block + ".conv1", x, w, false);
            PlainMaps colour = colour(block + ".torgb", x, w);
            image = image == null ? colour : colour.add(filtered(spread(image), 2, 1));
        }
        return image;
    }

    private PlainMaps layer(String name, PlainMaps in, double[] w, boolean up) {
        double[] style = linear(w, name + ".affine", 1 / Math.sqrt(w.length), 1);
        Tensor stored = tensors.get(name + ".weight");
        int outputs = stored.shape().size(0);
        int inputs = stored.shape().size(1);
        double[] weight = stored.toDoubles();
        for (int o = 0; o < outputs; o++) {
            double square = EPSILON;
            for (int k = 0; k < inputs * 9; k++) {
                weight[o * inputs * 9 + k] *= style[k / 9];
                square += Math.pow(weight[o * inputs * 9 + k], 2);
            }
            for (int k = 0; k < inputs * 9; k++) {
                weight[o * inputs * 9 + k] /= Math.sqrt(square);
            }
        }
        PlainMaps y = up
                ? filtered(transposed(in, weight, outputs), 1, 1)
                : in.convolved(Tensor.of(stored.shape(), weight), 1, 1);
        return clamped(noisy(name, y).shifted(channel(name + ".bias")).map(v -> Math.max(v, 0.2 * v) * Math.sqrt(2)));
    }

    private PlainMaps noisy(String name, PlainMaps y) {
        double strength = tensors.get(name + ".noise_strength").toDoubles()[0];
        double[] noise = tensors.get(name + ".noise_const").toDoubles();
        double[][][] out = new double[y.channels()][y.height()][y.width()];
        for (int c = 0; c < y.channels(); c++) {
            for (int i = 0; i < noise.length; i++) {
                int row = i / y.width();
                int column = i % y.width();
                out[c][row][column] = y.values()[c][row][column] + strength * noise[i];
            }
        }
        return new PlainMaps(out);
    }

    /** A transposed convolution of stride 2 without padding: every input pixel is stamped as a 3x3 patch. */
    private static PlainMaps transposed(PlainMaps in, double[] weight, int outputs) {
        int size = 2 * in.height() + 1;
        double[][][] out = new double[outputs][size][size];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < in.channels(); i++) {
                for (int y = 0; y < in.height(); y++) {
                    for (int x = 0; x < in.width(); x++) {
                        for (int k = 0; k < 9; k++) {
                            out[o][2 * y + k / 3][2 * x + k % 3] +=
                                    in.values()[i][y][x] * weight[(o * in.channels() + i) * 9 + k];
                        }
                    }
                }
            }
        }
        return new PlainMaps(out);
    }

    /** Zeros after every pixel and every row. */
    private static PlainMaps spread(PlainMaps in) {
        double[][][] out = new double[in.channels()][2 * in.height()][2 * in.width()];
        for (int c = 0; c < in.channels(); c++) {
            for (int y = 0; y < in.height(); y++) {
                for (int x = 0; x < in.width(); x++) {
                    out[c][2 * y][2 * x] = in.values()[c][y][x];
                }
            }
        }
        return new PlainMaps(out);
    }

    /** The resampling filter, four times as strong, over an image padded with zeros. */
    private static PlainMaps filtered(PlainMaps in, int before, int after) {
        int size = in.height() + before + after - 3;
        double[][][] out = new double[in.channels()][size][size];
        for (int c = 0; c < in.channels(); c++) {
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    for (int k = 0; k < 16; k++) {
                        int row = y + k / 4 - before;
                        int column = x + k % 4 - before;
                        if (row >= 0 && column >= 0 && row < in.height() && column < in.width()) {
                            out[c][y][x] += KERNEL[k / 4] * KERNEL[k % 4] / 16 * in.values()[c][row][column];
                        }
                    }
                }
            }
        }
        return new PlainMaps(out);
    }

    private PlainMaps colour(String name, PlainMaps x, double[] w) {
        double[] style = linear(w, name + ".affine", 1 / Math.sqrt(w.length), 1);
        double gain = 1 / Math.sqrt(x.channels());
        return clamped(x.scaled(c -> style[c] * gain)
                .convolved(tensors.get(name + ".weight"), 1, 0)
                .shifted(channel(name + ".bias")));
    }

    private PlainMaps clamped(PlainMaps x) {
        double bound = convClamp.orElse(Double.POSITIVE_INFINITY);
        return x.map(value -> Math.max(-bound, Math.min(bound, value)));
    }

    private java.util.function.IntToDoubleFunction channel(String name) {
        double[] values = tensors.get(name).toDoubles();
        return c -> values[c];
    }
}
