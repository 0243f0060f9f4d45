package org.saminversion.graph;

import java.util.List;

/** Pooling and resampling of [N,C,H,W] tensors. */
public sealed interface PoolOp extends Op {
    /** Maximum over square windows; {@code roundUp} keeps a last window that hangs over the edge. */
    record MaxPool(int kernel, int stride, int padding, boolean roundUp) implements PoolOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            return pooled(inputs.get(0), this::out);
        }

        private int out(int in) {
            int span = in + 2 * padding - kernel;
            return (roundUp ? Math.floorDiv(span + stride - 1, stride) : span / stride) + 1;
        }

        @Override
        public OnnxForm onnx() {
            long p = padding;
            return OnnxForm.of("MaxPool")
                    .with("kernel_shape", List.of((long) kernel, (long) kernel))
                    .with("strides", List.of((long) stride, (long) stride))
                    .with("pads", List.of(p, p, p, p))
                    .with("ceil_mode", roundUp ? 1L : 0L);
        }
    }

    /** Mean over square blocks that tile the image: the "area" downsampling of spec baselines.md 0.3. */
    record BlockMean(int block) implements PoolOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape in = inputs.get(0).shape();
            if (in.size(2) % block != 0 || in.size(3) % block != 0) {
                throw new IllegalArgumentException("blocks of " + block + " do not tile " + in);
            }
            return pooled(inputs.get(0), size -> size / block);
        }

        @Override
        public OnnxForm onnx() {
            return OnnxForm.of("AveragePool")
                    .with("kernel_shape", List.of((long) block, (long) block))
                    .with("strides", List.of((long) block, (long) block));
        }
    }

    /** Repeats each pixel in a block of {@code factor} by {@code factor}. */
    record NearestUpsample(int factor) implements PoolOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            return pooled(inputs.get(0), size -> size * factor);
        }

        @Override
        public OnnxForm onnx() {
            Tensor scales = Tensor.of(Shape.of(4), 1f, 1f, factor, factor);
            return OnnxForm.of("Resize")
                    .with("mode", "nearest")
                    .with("nearest_mode", "floor")
                    .with("coordinate_transformation_mode", "asymmetric")
                    .followedBy(new OnnxForm.Trailing.Absent())
                    .followedBy(scales);
        }
    }

    private static ValueType pooled(ValueType in, java.util.function.IntUnaryOperator size) {
        Shape shape = in.shape();
        if (shape.rank() != 4) {
            throw new IllegalArgumentException("pooling needs [N,C,H,W], not " + shape);
        }
        return new ValueType(
                in.element(),
                Shape.of(shape.size(0), shape.size(1), size.applyAsInt(shape.size(2)), size.applyAsInt(shape.size(3))));
    }
}
