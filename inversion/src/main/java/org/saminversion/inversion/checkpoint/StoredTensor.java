package org.saminversion.inversion.checkpoint;

import java.util.Locale;
import java.util.function.Supplier;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/**
 * A tensor that still lies in its file: its type and shape are known, its numbers are decoded when asked for.
 *
 * <p>A checkpoint holds several networks and optimiser states besides the one that is wanted; only what is loaded costs
 * memory.
 */
public final class StoredTensor {
    private final ElementType type;
    private final Shape shape;
    private final Supplier<Tensor> decoder;

    StoredTensor(ElementType type, Shape shape, Supplier<Tensor> decoder) {
        this.type = type;
        this.shape = shape;
        this.decoder = decoder;
    }

    static StoredTensor of(Tensor tensor) {
        return new StoredTensor(tensor.type(), tensor.shape(), () -> tensor);
    }

    /** The type that {@link #load} gives; half precision is widened. */
    public ElementType type() {
        return type;
    }

    public Shape shape() {
        return shape;
    }

    /** Bytes that the loaded tensor takes. */
    public long bytes() {
        return (long) shape.elements() * type.bytes();
    }

    /** Decodes the numbers into a tensor of their own. */
    public Tensor load() {
        return decoder.get();
    }

    @Override
    public String toString() {
        return type.name().toLowerCase(Locale.ROOT) + shape;
    }
}
