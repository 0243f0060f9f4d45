package org.saminversion.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.saminversion.graph.ConvolutionOp.Convolution;

/**
 * Rewrites 3x3 convolutions with constant weights as {@link Winograd} convolutions of matrix products, where that is faster. A
 * SpaceToDepth before and a DepthToSpace after such a convolution cost nothing: the tiles are taken in that order.
 */
final class FastConvolutions implements GraphRewrite.Rule {
    /**
     * The gain grows with the product of the channels, the cost of the transforms with their sum. At 96 channels on both sides
     * they were equal (128 px and more, AVX-512, two threads).
     */
    private static final int CHANNELS_MIN = 48;

    /** Below, reading the larger weights takes as long as the plain convolution. */
    private static final int TILES_MIN = 32;

    private record IndexKey(TileRows rows, int block, boolean output) {}

    /**
     * A weight [O,I,3,3] of a convolution.
     *
     * @param tensor the weight, or the one [I,O,3,3] that it is the flipped form of
     */
    private record Kernel(Tensor tensor, boolean flipped) {
        static Optional<Kernel> of(Value weight) {
            if (weight.node().op() instanceof Source.Constant constant) {
                return Optional.of(new Kernel(constant.tensor(), false));
            }
            return weight.node().op() instanceof Source.FlippedWeight flipped && flipped.groups() == 1
                    ? Optional.of(new Kernel(flipped.original(), true))
                    : Optional.empty();
        }

        int out() {
            return tensor.shape().size(flipped ? 1 : 0);
        }

        int in() {
            return tensor.shape().size(flipped ? 0 : 1);
        }
    }

    private final Map<IndexKey, Tensor> indices = new HashMap<>();
    private final Tensor ofInputs = Winograd.ofInputs();
    private final Tensor ofKernels = Winograd.ofKernels();
    private final Tensor ofReversedKernels = Winograd.ofReversedKernels();
    private final Tensor ofOutputs = Winograd.ofOutputs();

    @Override
    public Optional<Value> replacement(Node node, GraphRewrite rewrite) {
        if (node.op() instanceof ShapeOp.DepthToSpace spread) {
            return replaced(rewrite.old(node.inputs().get(0)), rewrite, spread.block());
        }
        return replaced(node, rewrite, 1);
    }

    private Optional<Value> replaced(Node node, GraphRewrite rewrite, int outputBlock) {
        if (!(node.op() instanceof Convolution op) || op.stride() != 1 || op.dilation() != 1 || op.groups() != 1) {
            return Optional.empty();
        }
        Optional<Kernel> weight = Kernel.of(rewrite.at(node.inputs().get(1)));
        Value x = rewrite.at(node.inputs().get(0));
        Shape shape = x.shape();
        TileRows rows = new TileRows(shape.size(0), shape.size(2), shape.size(3), op.padding());
        if (weight.isEmpty() || !worthIt(weight.get(), rows)) {
            return Optional.empty();
        }
        int inputBlock = 1;
        Node before = rewrite.old(node.inputs().get(0));
        if (before.op() instanceof ShapeOp.SpaceToDepth gathered) {
            inputBlock = gathered.block();
            x = rewrite.at(before.inputs().get(0));
        }
        return Optional.of(convolved(x, inputBlock, weight.get(), rows, outputBlock));
    }

    private static boolean worthIt(Kernel weight, TileRows rows) {
        Shape shape = weight.tensor().shape();
        return shape.size(2) == Winograd.KERNEL
                && shape.size(3) == Winograd.KERNEL
                && weight.tensor().type() == ElementType.FLOAT32
                && rows.tiles() >= TILES_MIN
                && (long) weight.in() * weight.out() >= (long) CHANNELS_MIN * (weight.in() + weight.out());
    }

    private Value convolved(Value x, int inputBlock, Kernel weight, TileRows rows, int outputBlock) {
        Graph graph = x.graph();
        int out = weight.out();
        int in = weight.in();
        int channels = x.shape().size(1);
        int tiles = rows.tiles();
        Value pixels = x.transpose(0, 2, 3, 1).reshape(x.shape().elements() / channels, channels);
        Value padded = Value.concatenate(0, pixels, graph.constant("zeros", Tensor.zeros(Shape.of(1, channels))));
        Value windows = padded.rows(index(graph, rows, inputBlock, false));
        int places = Winograd.WINDOW * Winograd.WINDOW;
        Value products = graph.constant("winograd inputs", ofInputs)
                .matrixProduct(windows.reshape(places, tiles * in))
                .reshape(places, tiles, in)
                .matrixProduct(transform(graph, weight));
        int channelsOut = out / (outputBlock * outputBlock);
        Value pixelsOut = graph.constant("winograd outputs", ofOutputs)
                .matrixProduct(products.reshape(places, tiles * out))
                .reshape(Winograd.TILE * Winograd.TILE * tiles * outputBlock * outputBlock, channelsOut)
                .rows(index(graph, rows, outputBlock, true));
        return pixelsOut
                .reshape(
                        rows.images(), rows.outputHeight() * outputBlock, rows.outputWidth() * outputBlock, channelsOut)
                .transpose(0, 3, 1, 2);
    }

    /**
     * The weight's transform [36,I,O]. ONNX Runtime folds it, in native code, so that the model holds the weight alone, and once for
     * both directions.
     */
    private Value transform(Graph graph, Kernel weight) {
        int[] sizes = weight.tensor().shape().toArray();
        int taps = Winograd.KERNEL * Winograd.KERNEL;
        Value byTaps = graph.constant("weight", weight.tensor())
                .reshape(sizes[0], sizes[1], taps)
                .transpose(weight.flipped() ? new Integer[] {2, 0, 1} : new Integer[] {2, 1, 0})
                .reshape(taps, sizes[0] * sizes[1]);
        return graph.constant("winograd kernels", weight.flipped() ? ofReversedKernels : ofKernels)
                .matrixProduct(byTaps)
                .reshape(Winograd.WINDOW * Winograd.WINDOW, weight.in(), weight.out());
    }

    private Value index(Graph graph, TileRows rows, int block, boolean output) {
        Tensor tensor = indices.computeIfAbsent(
                new IndexKey(rows, block, output), key -> output ? rows.ofOutputs(block) : rows.ofWindows(block));
        return graph.constant(output ? "pixels of tiles" : "tiles of pixels", tensor);
    }
}
