package org.saminversion.inversion.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** A weight with both spatial axes reversed: a transposed convolution with one is a plain correlation with the other. */
final class ReversedWeight {
    private ReversedWeight() {}

    /** [O,I,k,k] to the same shape. */
    static Tensor of(Tensor weight) {
        int taps = weight.shape().size(2) * weight.shape().size(3);
        FloatBuffer from = weight.bytes().asFloatBuffer();
        // Large, so that no copy goes through Java's heap.
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Float.BYTES * from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer to = bytes.asFloatBuffer();
        for (int kernel = 0; kernel < from.remaining(); kernel += taps) {
            for (int tap = 0; tap < taps; tap++) {
                to.put(kernel + taps - 1 - tap, from.get(kernel + tap));
            }
        }
        return Tensor.of(ElementType.FLOAT32, weight.shape(), bytes);
    }

    /** The same as a linear map of one kernel of so many taps: [taps,taps]. */
    static Tensor asMatrix(int taps) {
        float[] matrix = new float[taps * taps];
        for (int tap = 0; tap < taps; tap++) {
            matrix[tap * taps + taps - 1 - tap] = 1;
        }
        return Tensor.of(Shape.of(taps, taps), matrix);
    }
}
