package org.saminversion.inversion.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.file.Strides;

/** Reorders and shifts the numbers of FLOAT32 tensors. */
final class Arrangement {
    private Arrangement() {}

    static Tensor toFloat32(Tensor tensor) {
        return tensor.type() == ElementType.FLOAT64 ? Tensor.of(tensor.shape(), tensor.toFloats()) : tensor;
    }

    /** Axis i of the result is axis {@code axes[i]} of the tensor. */
    static Tensor permute(Tensor tensor, int... axes) {
        long[] strides = Strides.rowMajor(tensor.shape().toArray());
        int[] sizes = new int[axes.length];
        long[] permuted = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            sizes[i] = tensor.shape().size(axes[i]);
            permuted[i] = strides[axes[i]];
        }
        ByteBuffer bytes = Strides.gather(tensor.bytes(), tensor.type().bytes(), 0, sizes, permuted);
        return Tensor.of(tensor.type(), Shape.of(sizes), bytes);
    }

    /** Turns every [H,W] plane of the last two axes by half a turn. */
    static Tensor flipPlanes(Tensor tensor) {
        int plane = tensor.shape().size(-1) * tensor.shape().size(-2);
        ByteBuffer bytes = tensor.bytes();
        ByteBuffer flipped = ByteBuffer.allocateDirect(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        int elements = tensor.shape().elements();
        for (int start = 0; start < elements; start += plane) {
            for (int i = plane - 1; i >= 0; i--) {
                flipped.putFloat(bytes.getFloat(4 * (start + i)));
            }
        }
        return Tensor.of(tensor.type(), tensor.shape(), flipped.flip());
    }

    static Tensor plus(Tensor tensor, float term) {
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] += term;
        }
        return Tensor.of(tensor.shape(), values);
    }

    /** Multiplies by a power of two, which is exact. */
    static Tensor times(Tensor tensor, float factor) {
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Tensor.of(tensor.shape(), values);
    }
}
