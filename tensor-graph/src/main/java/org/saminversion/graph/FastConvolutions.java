package org.saminversion.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.saminversion.graph.ConvolutionOp.Convolution;
import org.saminversion.graph.MiscellaneousOp.MatrixProduct;
import org.saminversion.graph.MiscellaneousOp.ProductWithTransposed;

/**
 * Rewrites 3x3 convolutions with constant weights as {@link Winograd} convolutions of matrix products, where that is faster. A
 * SpaceToDepth before and a DepthToSpace after such a convolution cost nothing: the tiles are taken in that order.
 */
final class FastConvolutions implements GraphRewrite.Rule {
    /**
     * The gain grows with the product of the channels, the cost of the transforms with their sum. With 64 channels on both sides, a
     * step of 512 pixels still takes 4 % less (AVX-512), because images then keep their order between convolutions.
     */
    private static final int CHANNELS_MIN = 32;

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

    private final RowBands rowBands;
    private final Map<IndexKey, Tensor> indices = new HashMap<>();
    private final Map<Tensor, Tensor> transforms = new IdentityHashMap<>();
    private final Tensor ofInputs = Winograd.ofInputs(false);
    private final Tensor ofOutputs = Winograd.ofOutputs(false);
    private final Tensor ofFlippedInputs = Winograd.ofInputs(true);
    private final Tensor ofFlippedOutputs = Winograd.ofOutputs(true);

    FastConvolutions(RowBands rowBands) {
        this.rowBands = rowBands;
    }

    @Override
    public Optional<Value> replacement(Node node, GraphRewrite rewrite) {
        return node.op() == BinaryOp.MULTIPLY
                ? KernelScales.factors(node, rewrite)
                        .filter(scaled -> rewrite.uses(scaled.image()) == 1)
                        .flatMap(scaled -> spreading(rewrite.old(scaled.image()), rewrite, Optional.of(scaled.scale())))
                : spreading(node, rewrite, Optional.empty());
    }

    /** A convolution, or a DepthToSpace of one. */
    private Optional<Value> spreading(Node node, GraphRewrite rewrite, Optional<Value> scale) {
        if (node.op() instanceof ShapeOp.DepthToSpace spread) {
            return replaced(rewrite.old(node.inputs().get(0)), rewrite, spread.block(), scale);
        }
        return replaced(node, rewrite, 1, scale);
    }

    /** @param outputScale of the channels of what becomes of the output; the convolution stays if the kernel cannot hold it */
    private Optional<Value> replaced(Node node, GraphRewrite rewrite, int outputBlock, Optional<Value> outputScale) {
        if (!(node.op() instanceof Convolution op) || op.stride() != 1 || op.dilation() != 1 || op.groups() != 1) {
            return Optional.empty();
        }
        Optional<Kernel> weight = Kernel.of(rewrite.at(node.inputs().get(1)));
        int input = node.inputs().get(0);
        Shape shape = rewrite.old(input).type().shape();
        if (weight.isEmpty() || op.padding() >= Winograd.KERNEL) {
            return Optional.empty();
        }
        WinogradBands bands = new WinogradBands(
                shape.size(0),
                shape.size(2),
                shape.size(3),
                op.padding(),
                weight.get().in(),
                weight.get().out());
        boolean scales = KernelScales.worthIt(bands);
        if (!worthIt(weight.get(), bands.tiles()) || outputScale.isPresent() && !scales) {
            return Optional.empty();
        }
        int inputBlock = 1;
        if (rewrite.old(input).op() instanceof ShapeOp.SpaceToDepth gathered) {
            inputBlock = gathered.block();
            input = rewrite.old(input).inputs().get(0);
        }
        Optional<KernelScales.Factors> factors = scales && rewrite.uses(input) == 1
                ? KernelScales.factors(rewrite.old(input), rewrite)
                : Optional.empty();
        Value transform = new KernelScales(
                        factors.map(KernelScales.Factors::scale), inputBlock, outputScale, outputBlock)
                .applied(transform(rewrite.graph(), weight.get()), weight.get().flipped());
        input = factors.map(KernelScales.Factors::image).orElse(input);
        List<Value> parts = new ArrayList<>();
        for (WinogradBands.Band band : bands.bands()) {
            int first = band.firstInput() * inputBlock;
            Value part =
                    rowBands.rows(rewrite, input, first, first + band.tiles().height() * inputBlock);
            parts.add(convolved(part, inputBlock, weight.get(), transform, band.tiles(), outputBlock));
        }
        return Optional.of(rowBands.joined(parts));
    }

    private static boolean worthIt(Kernel weight, int tiles) {
        Shape shape = weight.tensor().shape();
        return shape.size(2) == Winograd.KERNEL
                && shape.size(3) == Winograd.KERNEL
                && weight.tensor().type() == ElementType.FLOAT32
                && tiles >= TILES_MIN
                && (long) weight.in() * weight.out() >= (long) CHANNELS_MIN * (weight.in() + weight.out());
    }

    /**
     * One band: [N,C,h,w] to [N,O,h,w].
     *
     * <p>What lies between has an axis more in backward passes: ONNX Runtime keeps the memory of a value for later ones of the same
     * shape, and those of the forward pass would stay until the end of the backward pass.
     */
    private Value convolved(Value x, int inputBlock, Kernel weight, Value transform, TileRows rows, int outputBlock) {
        Graph graph = x.graph();
        int channels = x.shape().size(1);
        int tiles = rows.tiles();
        boolean flipped = weight.flipped();
        Value pixels = x.transpose(0, 2, 3, 1).reshape(table(flipped, x.shape().elements() / channels, channels));
        Value zeros = graph.constant("zeros", Tensor.zeros(Shape.of(table(flipped, 1, channels))));
        Value padded = Value.concatenate(0, pixels, zeros);
        Value windows = padded.rows(index(graph, rows, inputBlock, false));
        Value transformed = graph.constant("winograd inputs", flipped ? ofFlippedInputs : ofInputs)
                .matrixProduct(windows.reshape(matrices(flipped, Winograd.PLACES, tiles * weight.in())))
                .reshape(matrices(flipped, Winograd.PLACES, tiles, weight.in()));
        Value products =
                graph.apply(flipped ? new ProductWithTransposed() : new MatrixProduct(), transformed, transform);
        int channelsOut = weight.out() / (outputBlock * outputBlock);
        Value pixelsOut = graph.constant("winograd outputs", flipped ? ofFlippedOutputs : ofOutputs)
                .matrixProduct(products.reshape(matrices(flipped, Winograd.PLACES, tiles * weight.out())))
                .reshape(table(flipped, Winograd.TILE * Winograd.TILE * tiles * outputBlock * outputBlock, channelsOut))
                .rows(index(graph, rows, outputBlock, true));
        return pixelsOut
                .reshape(
                        rows.images(), rows.outputHeight() * outputBlock, rows.outputWidth() * outputBlock, channelsOut)
                .transpose(0, 3, 1, 2);
    }

    private static int[] table(boolean backward, int rows, int columns) {
        return backward ? new int[] {rows, 1, columns} : new int[] {rows, columns};
    }

    private static int[] matrices(boolean backward, int... sizes) {
        return backward ? IntStream.concat(IntStream.of(1), IntStream.of(sizes)).toArray() : sizes;
    }

    /** The transform of the weight that is not flipped, once for both directions. */
    private Value transform(Graph graph, Kernel weight) {
        Tensor transform = transforms.computeIfAbsent(weight.tensor(), Winograd::ofKernels);
        return graph.apply(new Source.Lent("winograd kernels", transform));
    }

    private Value index(Graph graph, TileRows rows, int block, boolean output) {
        Tensor tensor = indices.computeIfAbsent(
                new IndexKey(rows, block, output), key -> output ? rows.ofOutputs(block) : rows.ofWindows(block));
        return graph.constant(output ? "pixels of tiles" : "tiles of pixels", tensor);
    }
}
