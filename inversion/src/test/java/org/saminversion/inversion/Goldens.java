package org.saminversion.inversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalDouble;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.StyleGan2Weights;

/** Numbers that the public reference implementations produced, on random or formula weights. */
public final class Goldens {
    /** Tolerances that hold for a correct float32 implementation. */
    public static final double IMAGE_TOLERANCE = 2e-4;

    public static final double LOSS_TOLERANCE = 1e-4;
    public static final double GRADIENT_TOLERANCE = 1e-3;

    private Goldens() {}

    public static SafetensorsFile read(String name) {
        try (InputStream in = Goldens.class.getResourceAsStream("/goldens/" + name + ".safetensors")) {
            return SafetensorsFile.parse(ByteBuffer.wrap(in.readAllBytes()), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static StyleGan2Weights generator() {
        return new StyleGan2Weights(read("generator").tensors(), OptionalDouble.empty());
    }

    /** The formula that stands in for large weights: reproducible numbers in [-1,1) from a tensor's name. */
    public static double[] formula(String name, int elements) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            long seed = ByteBuffer.wrap(hash)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            double[] values = new double[elements];
            for (int i = 0; i < elements; i++) {
                long x = seed + (i + 1) * 0x9E3779B97F4A7C15L;
                x ^= x >>> 30;
                x *= 0xBF58476D1CE4E5B9L;
                x ^= x >>> 27;
                x *= 0x94D049BB133111EBL;
                x ^= x >>> 31;
                values[i] = (x >>> 40) / 8388608.0 - 1;
            }
            return values;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A formula weight of two or more dimensions: u * sqrt(gain * d0 / n). */
    public static Tensor formulaWeight(String name, double gain, int... sizes) {
        Shape shape = Shape.of(sizes);
        double[] u = formula(name, shape.elements());
        double scale = Math.sqrt(gain * sizes[0] / shape.elements());
        float[] values = new float[u.length];
        for (int i = 0; i < u.length; i++) {
            values[i] = (float) (u[i] * scale);
        }
        return Tensor.of(shape, values);
    }

    public static void assertClose(String what, Tensor expected, Tensor actual, double absolute) {
        assertEquals(expected.shape(), actual.shape(), what);
        double[] a = expected.toDoubles();
        double[] b = actual.toDoubles();
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            worst = Math.max(worst, Math.abs(a[i] - b[i]));
        }
        assertTrue(worst <= absolute, what + " is off by up to " + worst + ", allowed are " + absolute);
    }

    /** Within a thousandth of the tensor's largest absolute value. */
    public static void assertGradient(String what, Tensor expected, Tensor actual) {
        double largest = 0;
        for (double value : expected.toDoubles()) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertClose("gradient of " + what, expected, actual, GRADIENT_TOLERANCE * largest);
    }
}
