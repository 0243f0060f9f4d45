package org.saminversion.inversion.network;

import org.saminversion.graph.ConvolutionOp;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/** One step of a perceptual network; a relu is at its end. */
public sealed interface PerceptualLayer {
    /** @param name for people who read the graph */
    Value apply(Value x, String name);

    /** Channels of what comes out. */
    int channels();

    /** Weight [O,I,k,k] and bias [O]. */
    record Convolution(Tensor weight, Tensor bias, int stride, int padding) implements PerceptualLayer {
        /** Stride 1, and padding that keeps the size. */
        public Convolution(Tensor weight, Tensor bias) {
            this(weight, bias, 1, weight.shape().size(2) / 2);
        }

        @Override
        public Value apply(Value x, String name) {
            Graph graph = x.graph();
            Value offset = graph.constant(name + ".bias", bias);
            return x.convolve(graph.constant(name, weight), new ConvolutionOp.Convolution(stride, padding, 1, 1))
                    .add(offset.reshape(1, offset.shape().elements(), 1, 1))
                    .relu();
        }

        @Override
        public int channels() {
            return weight.shape().size(0);
        }
    }

    /** SqueezeNet's module: few channels, then two convolutions of them side by side. */
    record Fire(Convolution squeeze, Convolution expandPointwise, Convolution expandSquare) implements PerceptualLayer {
        @Override
        public Value apply(Value x, String name) {
            Value squeezed = squeeze.apply(x, name + ".squeeze");
            return Value.concatenate(
                    1,
                    expandPointwise.apply(squeezed, name + ".expand1x1"),
                    expandSquare.apply(squeezed, name + ".expand3x3"));
        }

        @Override
        public int channels() {
            return expandPointwise.channels() + expandSquare.channels();
        }
    }
}
