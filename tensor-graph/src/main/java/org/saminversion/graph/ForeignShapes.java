package org.saminversion.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operators of other people's ONNX graphs that move elements without computing. */
final class ForeignShapes {
    private ForeignShapes() {}

    /** 0 keeps a size, -1 takes what is left. */
    static int[] reshaped(Shape from, int[] wanted) {
        int[] sizes = wanted.clone();
        int known = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = sizes[axis] == 0 ? from.size(axis) : sizes[axis];
            known *= Math.max(1, sizes[axis]);
        }
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = sizes[axis] < 0 ? from.elements() / known : sizes[axis];
        }
        return sizes;
    }

    static Value flattened(ForeignNode n) {
        Shape shape = n.value(0).shape();
        int rows = 1;
        for (int axis = 0; axis < n.axis(n.integer("axis", 1)); axis++) {
            rows *= shape.size(axis);
        }
        return n.value(0).reshape(rows, shape.elements() / rows);
    }

    static Value unsqueezed(ForeignNode n) {
        Shape shape = n.value(0).shape();
        int[] axes = n.integers("axes", 1).orElseThrow();
        int rank = shape.rank() + axes.length;
        List<Integer> fresh = Arrays.stream(axes)
                .map(axis -> axis < 0 ? axis + rank : axis)
                .boxed()
                .toList();
        int[] sizes = new int[rank];
        int next = 0;
        for (int axis = 0; axis < rank; axis++) {
            sizes[axis] = fresh.contains(axis) ? 1 : shape.size(next++);
        }
        return n.value(0).reshape(sizes);
    }

    static Value squeezed(ForeignNode n) {
        Shape shape = n.value(0).shape();
        int[] axes = n.integers("axes", 1)
                .orElseGet(() -> IntStream.range(0, shape.rank())
                        .filter(axis -> shape.size(axis) == 1)
                        .toArray());
        return without(n.value(0), n, axes);
    }

    static Value transposed(ForeignNode n) {
        int rank = n.value(0).shape().rank();
        int[] backwards = IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
        return n.value(0)
                .transpose(Arrays.stream(n.integers("perm", backwards)).boxed().toArray(Integer[]::new));
    }

    static Value sliced(ForeignNode n) {
        Value x = n.value(0);
        int[] starts = n.integers(1);
        int[] ends = n.integers(2);
        int[] axes =
                n.has(3) ? n.integers(3) : IntStream.range(0, starts.length).toArray();
        if (n.has(4) && Arrays.stream(n.integers(4)).anyMatch(step -> step != 1)) {
            throw new IllegalArgumentException("it takes steps of " + Arrays.toString(n.integers(4)));
        }
        for (int i = 0; i < axes.length; i++) {
            int axis = n.axis(axes[i]);
            int size = x.shape().size(axis);
            x = x.slice(axis, within(starts[i], size), within(ends[i], size));
        }
        return x;
    }

    private static int within(int place, int size) {
        return Math.max(0, Math.min(size, place < 0 ? place + size : place));
    }

    static Value gathered(ForeignNode n) {
        Value x = n.value(0);
        int axis = n.axis(n.integer("axis", 0));
        int[] places = n.integers(1);
        if (n.constant(1).shape().rank() > 1) {
            throw new IllegalArgumentException(
                    "it gathers by a table of " + n.constant(1).shape());
        }
        Value[] parts = Arrays.stream(places)
                .map(place -> place < 0 ? place + x.shape().size(axis) : place)
                .mapToObj(place -> x.slice(axis, place, place + 1))
                .toArray(Value[]::new);
        return n.constant(1).shape().rank() == 0 ? without(parts[0], n, axis) : Value.concatenate(axis, parts);
    }

    static List<Value> split(ForeignNode n) {
        Value x = n.value(0);
        int axis = n.axis(n.integer("axis", 0));
        int count = n.proto().getOutputCount();
        int[] sizes = n.integers("split", 1)
                .orElseGet(() -> IntStream.range(0, count)
                        .map(part -> x.shape().size(axis) / count)
                        .toArray());
        List<Value> parts = new ArrayList<>();
        int start = 0;
        for (int size : sizes) {
            parts.add(x.slice(axis, start, start + size));
            start += size;
        }
        return parts;
    }

    static Value without(Value x, ForeignNode n, int... axes) {
        List<Integer> dropped =
                Arrays.stream(axes).map(axis -> n.axis(axis)).boxed().toList();
        return x.reshape(IntStream.range(0, x.shape().rank())
                .filter(axis -> !dropped.contains(axis))
                .map(x.shape()::size)
                .toArray());
    }
}
