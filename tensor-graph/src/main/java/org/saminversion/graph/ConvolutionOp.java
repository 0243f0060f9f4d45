package org.saminversion.graph;

import java.util.List;

/** Two-dimensional convolutions of [N,C,H,W] tensors; no bias input, square stride, padding and dilation. */
public sealed interface ConvolutionOp extends Op {
    /** Correlation with a weight [O, I / groups, kh, kw], as in PyTorch. */
    record Convolution(int stride, int padding, int dilation, int groups) implements ConvolutionOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape x = inputs.get(0).shape();
            Shape w = inputs.get(1).shape();
            if (x.rank() != 4 || w.rank() != 4 || x.size(1) != w.size(1) * groups || w.size(0) % groups != 0) {
                throw new IllegalArgumentException(
                        "cannot convolve " + x + " with a weight " + w + " in " + groups + " groups");
            }
            return new ValueType(
                    inputs.get(0).element(),
                    Shape.of(x.size(0), w.size(0), out(x.size(2), w.size(2)), out(x.size(3), w.size(3))));
        }

        private int out(int in, int kernel) {
            return (in + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
        }

        @Override
        public OnnxForm onnx() {
            return spatial("Conv", stride, padding, dilation, groups);
        }
    }

    /** The transpose of {@link Convolution} with a weight [I, O / groups, kh, kw], as in PyTorch. */
    record TransposedConvolution(int stride, int padding, int outputPadding, int dilation, int groups)
            implements ConvolutionOp {
        @Override
        public ValueType infer(List<ValueType> inputs) {
            Shape x = inputs.get(0).shape();
            Shape w = inputs.get(1).shape();
            if (x.rank() != 4 || w.rank() != 4 || x.size(1) != w.size(0)) {
                throw new IllegalArgumentException("cannot convolve " + x + " with a transposed weight " + w);
            }
            return new ValueType(
                    inputs.get(0).element(),
                    Shape.of(x.size(0), w.size(1) * groups, out(x.size(2), w.size(2)), out(x.size(3), w.size(3))));
        }

        private int out(int in, int kernel) {
            return (in - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1 + outputPadding;
        }

        @Override
        public OnnxForm onnx() {
            return spatial("ConvTranspose", stride, padding, dilation, groups)
                    .with("output_padding", List.of((long) outputPadding, (long) outputPadding));
        }
    }

    private static OnnxForm spatial(String type, int stride, int padding, int dilation, int groups) {
        long p = padding;
        return OnnxForm.of(type)
                .with("strides", List.of((long) stride, (long) stride))
                .with("pads", List.of(p, p, p, p))
                .with("dilations", List.of((long) dilation, (long) dilation))
                .with("group", (long) groups);
    }
}
