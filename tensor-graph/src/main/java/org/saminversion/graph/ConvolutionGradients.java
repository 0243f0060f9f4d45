package org.saminversion.graph;

import java.util.Optional;
import org.saminversion.graph.ConvolutionOp.Convolution;
import org.saminversion.graph.ConvolutionOp.TransposedConvolution;

/** Gradients of convolutions for their input and for their weight. */
final class ConvolutionGradients {
    /** ONNX Runtime pads the outputs of a plain convolution to 16 channels; for an image that is five times the work. */
    private static final int FEW_CHANNELS = 3;

    private ConvolutionGradients() {}

    static Optional<Value> ofConvolution(Convolution op, Value y, int argument, Value g) {
        Value x = y.arguments().get(0);
        Value weight = y.arguments().get(1);
        return Optional.of(argument == 0 ? forInput(op, x, weight, g) : forWeight(op, x, weight, g));
    }

    private static Value forInput(Convolution op, Value x, Value weight, Value g) {
        int kernel = weight.shape().size(2);
        boolean square = kernel == weight.shape().size(3);
        int flippedPadding = op.dilation() * (kernel - 1) - op.padding();
        boolean constant = weight.constantTensor().isPresent();
        boolean plainIsFast = constant ? x.shape().size(1) > FEW_CHANNELS : op.groups() == 1;
        if (op.stride() == 1 && square && flippedPadding >= 0 && plainIsFast) {
            // A plain convolution with the flipped weight runs far faster than ConvTranspose (Gemm and Col2Im).
            Value flipped = constant
                    ? g.graph()
                            .apply(new Source.FlippedWeight(
                                    weight.constantTensor().get(), op.groups()))
                    : flipped(weight);
            return g.convolve(flipped, new Convolution(1, flippedPadding, op.dilation(), op.groups()));
        }
        int reached = (g.shape().size(2) - 1) * op.stride() - 2 * op.padding() + op.dilation() * (kernel - 1) + 1;
        int missing = x.shape().size(2) - reached;
        if (!square || x.shape().size(2) != x.shape().size(3) || missing < 0 || missing >= op.stride()) {
            return generalForInput(op, x, weight, g);
        }
        return g.convolveTransposed(
                weight, new TransposedConvolution(op.stride(), op.padding(), missing, op.dilation(), op.groups()));
    }

    /** [O,I,k,k] to [I,O,k,k], both spatial axes reversed, of a weight that moves. */
    private static Value flipped(Value weight) {
        int out = weight.shape().size(0);
        int in = weight.shape().size(1);
        int kernel = weight.shape().size(2);
        int taps = kernel * kernel;
        Value exchanged = weight.transpose(1, 0, 2, 3);
        if (taps == 1) {
            return exchanged;
        }
        float[] reversal = new float[taps * taps];
        for (int tap = 0; tap < taps; tap++) {
            reversal[tap * taps + taps - 1 - tap] = 1;
        }
        Value reversed = exchanged
                .reshape(in * out, taps)
                .matrixProduct(weight.graph().constant("reversal", Tensor.of(Shape.of(taps, taps), reversal)));
        return reversed.reshape(in, out, kernel, kernel);
    }

    /** Rows and columns that the strides never reach differ, so they are appended by hand. */
    private static Value generalForInput(Convolution op, Value x, Value weight, Value g) {
        Value reached =
                g.convolveTransposed(weight, new TransposedConvolution(op.stride(), 0, 0, op.dilation(), op.groups()));
        int bottom = Math.max(
                0, x.shape().size(2) + 2 * op.padding() - reached.shape().size(2));
        int right = Math.max(
                0, x.shape().size(3) + 2 * op.padding() - reached.shape().size(3));
        Value whole = bottom + right == 0 ? reached : reached.padImage(0, bottom, 0, right);
        return whole.slice(2, op.padding(), op.padding() + x.shape().size(2))
                .slice(3, op.padding(), op.padding() + x.shape().size(3));
    }

    private static Value forWeight(Convolution op, Value x, Value weight, Value g) {
        requireOneGroup(op.groups());
        return op.stride() == 1 ? byTaps(op, x, weight, g) : correlated(op, x, weight, g);
    }

    /** A matrix product for each tap of the kernel: half the time of {@link #correlated}, whose products are very narrow. */
    private static Value byTaps(Convolution op, Value x, Value weight, Value g) {
        int out = weight.shape().size(0);
        int in = weight.shape().size(1);
        int height = g.shape().size(2);
        int width = g.shape().size(3);
        int pixels = g.shape().size(0) * height * width;
        int padding = op.padding();
        Value last = x.padImage(padding, padding, padding, padding).transpose(0, 2, 3, 1);
        Value flat = g.transpose(1, 0, 2, 3).reshape(out, pixels);
        Value[] taps = new Value[weight.shape().size(2) * weight.shape().size(3)];
        for (int tap = 0; tap < taps.length; tap++) {
            int top = tap / weight.shape().size(3) * op.dilation();
            int left = tap % weight.shape().size(3) * op.dilation();
            Value seen = last.slice(1, top, top + height).slice(2, left, left + width);
            taps[tap] = flat.matrixProduct(seen.reshape(pixels, in)).reshape(out, in, 1);
        }
        return (taps.length == 1 ? taps[0] : Value.concatenate(2, taps)).reshape(weight.shape());
    }

    /** Correlates the input with the gradient, batch and channels exchanged; stride and dilation change places. */
    private static Value correlated(Convolution op, Value x, Value weight, Value g) {
        Value correlated = x.transpose(1, 0, 2, 3)
                .convolve(g.transpose(1, 0, 2, 3), new Convolution(op.dilation(), op.padding(), op.stride(), 1));
        return correlated
                .slice(2, 0, weight.shape().size(2))
                .slice(3, 0, weight.shape().size(3))
                .transpose(1, 0, 2, 3);
    }

    static Optional<Value> ofTransposed(TransposedConvolution op, Value y, int argument, Value g) {
        Value x = y.arguments().get(0);
        Value weight = y.arguments().get(1);
        Convolution forward = new Convolution(op.stride(), op.padding(), op.dilation(), op.groups());
        if (argument == 0) {
            return Optional.of(g.convolve(weight, forward)
                    .slice(2, 0, x.shape().size(2))
                    .slice(3, 0, x.shape().size(3)));
        }
        requireOneGroup(op.groups());
        // The transposed convolution maps x to y as the plain one maps y to x: its weight gradient with the roles
        // exchanged.
        return Optional.of(forWeight(forward, g, weight, x));
    }

    private static void requireOneGroup(int groups) {
        if (groups != 1) {
            throw new MissingGradientException("a grouped convolution has no gradient for its weight");
        }
    }
}
