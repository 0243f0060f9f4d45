package org.saminversion.graph;

/** Element type and static shape of a value in a graph. */
public record ValueType(ElementType element, Shape shape) {
    public static ValueType float32(int... sizes) {
        return new ValueType(ElementType.FLOAT32, Shape.of(sizes));
    }

    /** For example {@code float32[1,192,8,8]}. */
    @Override
    public String toString() {
        return element.name().toLowerCase(java.util.Locale.ROOT) + shape;
    }
}
