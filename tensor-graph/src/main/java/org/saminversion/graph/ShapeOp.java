package org.saminversion.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that move elements without computing. */
public sealed interface ShapeOp extends Op {
    record Reshape(Shape to) implements ShapeOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            if (inputs.get(0).shape().elements() != to.elements()) {
                throw new IllegalArgumentException("cannot reshape " + inputs.get(0) + " to " + to);
            }
            return new ValueType(inputs.get(0).element(), to);
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("Reshape").followedBy(OnnxForm.int64(boxed(to)));
        }
    }

    /** Repeats axes of size 1 up to the given shape. */
    record Expand(Shape to) implements ShapeOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            if (!inputs.get(0).shape().broadcast(to).equals(to)) {
                throw new IllegalArgumentException("cannot expand " + inputs.get(0) + " to " + to);
            }
            return new ValueType(inputs.get(0).element(), to);
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("Expand").followedBy(OnnxForm.int64(boxed(to)));
        }
    }

    /** Axis i of the result is axis {@code order.get(i)} of the input. */
    record Transpose(List<Integer> order) implements ShapeOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape in = inputs.get(0).shape();
            if (!order.stream()
                    .sorted()
                    .toList()
                    .equals(IntStream.range(0, in.rank()).boxed().toList())) {
                throw new IllegalArgumentException("cannot transpose " + in + " by " + order);
            }
            return new ValueType(
                    inputs.get(0).element(),
                    Shape.of(order.stream().mapToInt(in::size).toArray()));
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("Transpose").with("perm", OnnxForm.longs(order));
        }

        Transpose inverse() {
            List<Integer> back = new ArrayList<>(Collections.nCopies(order.size(), 0));
            for (int i = 0; i < order.size(); i++) {
                back.set(order.get(i), i);
            }
            return new Transpose(List.copyOf(back));
        }
    }

    /** Elements from {@code start} (included) to {@code end} (excluded) along one axis. */
    record Slice(int axis, int start, int end) implements ShapeOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape in = inputs.get(0).shape();
            if (axis < 0 || axis >= in.rank() || start < 0 || start >= end || end > in.size(axis)) {
                throw new IllegalArgumentException("cannot slice " + in + " by " + this);
            }
            return new ValueType(inputs.get(0).element(), resized(in, axis, end - start));
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("Slice")
                    .followedBy(OnnxForm.int64(List.of(start)))
                    .followedBy(OnnxForm.int64(List.of(end)))
                    .followedBy(OnnxForm.int64(List.of(axis)));
        }
    }

    /** Zeros before and after, one pair per axis. */
    record Pad(List<Integer> before, List<Integer> after) implements ShapeOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape in = inputs.get(0).shape();
            if (before.size() != in.rank() || after.size() != in.rank()) {
                throw new IllegalArgumentException("cannot pad " + in + " by " + this);
            }
            return new ValueType(
                    inputs.get(0).element(),
                    Shape.of(IntStream.range(0, in.rank())
                            .map(i -> before.get(i) + in.size(i) + after.get(i))
                            .toArray()));
        }

        @Override
        public OnnxForm onnx() {
            List<Integer> pads = new ArrayList<>(before);
            pads.addAll(after);
            return OnnxForm.of("Pad").followedBy(OnnxForm.int64(pads));
        }
    }

    /** Puts its inputs one after the other along an axis. */
    record Concatenate(int axis) implements ShapeOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape first = inputs.get(0).shape();
            int size = 0;
            for (ValueType input : inputs) {
                if (!resized(input.shape(), axis, 1).equals(resized(first, axis, 1))) {
                    throw new IllegalArgumentException("cannot concatenate along axis " + axis + ": " + inputs);
                }
                size += input.shape().size(axis);
            }
            return new ValueType(inputs.get(0).element(), resized(first, axis, size));
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("Concat").with("axis", (long) axis);
        }
    }

    /** The rows of a table [R,...] that the second input [n] (INT32) lists: [n,...]. Programs are made of it after differentiation. */
    record Rows() implements ShapeOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape table = inputs.get(0).shape();
            ValueType index = inputs.get(1);
            if (table.rank() < 2 || index.shape().rank() != 1 || index.element() != ElementType.INT32) {
                throw new IllegalArgumentException("cannot take the rows " + index + " of " + inputs.get(0));
            }
            int[] sizes = table.toArray();
            sizes[0] = index.shape().size(0);
            return new ValueType(inputs.get(0).element(), Shape.of(sizes));
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("Gather").with("axis", 0L);
        }
    }

    /** [N, block² C, H, W] to [N, C, block H, block W]; channel index = phase * C + channel (mode DCR). */
    record DepthToSpace(int block) implements ShapeOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape in = inputs.get(0).shape();
            if (in.rank() != 4 || in.size(1) % (block * block) != 0) {
                throw new IllegalArgumentException("cannot spread the channels of " + in + " by " + block);
            }
            return new ValueType(
                    inputs.get(0).element(),
                    Shape.of(in.size(0), in.size(1) / (block * block), in.size(2) * block, in.size(3) * block));
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("DepthToSpace").with("blocksize", (long) block).with("mode", "DCR");
        }
    }

    /** The inverse of {@link DepthToSpace}. */
    record SpaceToDepth(int block) implements ShapeOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape in = inputs.get(0).shape();
            if (in.rank() != 4 || in.size(2) % block != 0 || in.size(3) % block != 0) {
                throw new IllegalArgumentException("cannot gather " + in + " in blocks of " + block);
            }
            return new ValueType(
                    inputs.get(0).element(),
                    Shape.of(in.size(0), in.size(1) * block * block, in.size(2) / block, in.size(3) / block));
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("SpaceToDepth").with("blocksize", (long) block);
        }
    }

    private static List<Integer> boxed(Shape shape) {
        return IntStream.of(shape.toArray()).boxed().toList();
    }

    private static Shape resized(Shape shape, int axis, int size) {
        int[] sizes = shape.toArray();
        sizes[axis] = size;
        return Shape.of(sizes);
    }
}
