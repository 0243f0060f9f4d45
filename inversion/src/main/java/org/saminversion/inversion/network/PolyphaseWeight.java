package org.saminversion.inversion.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/**
 * The up-convolution of StyleGAN2 (transposed 3x3 convolution of stride 2, then a 4x4 FIR filter) as one 3x3 convolution at the
 * low resolution with four times the outputs, followed by depth-to-space (spec networks.md 1.2, ONNX notes).
 */
final class PolyphaseWeight {
    private static final double[] FIR = {0.25, 0.75, 0.75, 0.25};
    private static final int KERNEL = 3;
    private static final int COMBINED = 6;

    private PolyphaseWeight() {}

    /** [O,I,3,3] to [4 O,I,3,3]; output channel = (2 row phase + column phase) O + o. */
    static Tensor of(Tensor weight) {
        int out = weight.shape().size(0);
        int in = weight.shape().size(1);
        FloatBuffer from = weight.bytes().asFloatBuffer();
        // Large, so that no copy goes through Java's heap.
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(4 * Float.BYTES * from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer to = bytes.asFloatBuffer();
        double[][] combined = new double[COMBINED][COMBINED];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                combine(from, (o * in + i) * KERNEL * KERNEL, combined);
                for (int phase = 0; phase < 4; phase++) {
                    int target = ((phase * out + o) * in + i) * KERNEL * KERNEL;
                    for (int tap = 0; tap < KERNEL * KERNEL; tap++) {
                        int row = 4 + phase / 2 - 2 * (tap / KERNEL);
                        int column = 4 + phase % 2 - 2 * (tap % KERNEL);
                        to.put(target + tap, (float) combined[row][column]);
                    }
                }
            }
        }
        return Tensor.of(ElementType.FLOAT32, Shape.of(4 * out, in, KERNEL, KERNEL), bytes);
    }

    /** The same as a linear map of one kernel: [9,36], from taps to (phase, tap). */
    static Tensor asMatrix() {
        int taps = KERNEL * KERNEL;
        float[] unit = new float[taps * taps];
        for (int tap = 0; tap < taps; tap++) {
            unit[tap * taps + tap] = 1;
        }
        // Nine kernels with a single one each, as inputs of one output channel: [4,9,3,3].
        float[] phases = of(Tensor.of(Shape.of(1, taps, KERNEL, KERNEL), unit)).toFloats();
        float[] matrix = new float[4 * taps * taps];
        for (int phase = 0; phase < 4; phase++) {
            for (int from = 0; from < taps; from++) {
                System.arraycopy(phases, (phase * taps + from) * taps, matrix, (from * 4 + phase) * taps, taps);
            }
        }
        return Tensor.of(Shape.of(taps, 4 * taps), matrix);
    }

    /** The full convolution of the 3x3 kernel with the filter, 6x6. */
    private static void combine(FloatBuffer weights, int at, double[][] combined) {
        for (int row = 0; row < COMBINED; row++) {
            for (int column = 0; column < COMBINED; column++) {
                double sum = 0;
                for (int y = Math.max(0, row - 3); y <= Math.min(KERNEL - 1, row); y++) {
                    for (int x = Math.max(0, column - 3); x <= Math.min(KERNEL - 1, column); x++) {
                        sum += weights.get(at + y * KERNEL + x) * FIR[row - y] * FIR[column - x];
                    }
                }
                combined[row][column] = sum;
            }
        }
    }
}
