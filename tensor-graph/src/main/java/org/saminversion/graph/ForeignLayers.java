package org.saminversion.graph;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.saminversion.graph.ConvolutionOp.Convolution;
import org.saminversion.graph.PoolOp.MaxPool;

/** Layers of other people's ONNX graphs: convolutions, normalisations, pooling. */
final class ForeignLayers {
    private ForeignLayers() {}

    static Value gemm(ForeignNode n) {
        Value a = n.integer("transA", 0) == 1 ? n.value(0).transpose(1, 0) : n.value(0);
        Value b = n.integer("transB", 0) == 1 ? n.value(1).transpose(1, 0) : n.value(1);
        Value product = a.matrixProduct(b).multiply(n.number("alpha", 1));
        return n.has(2) ? product.add(n.value(2).multiply(n.number("beta", 1))) : product;
    }

    static Value convolution(ForeignNode n) {
        Value weight = n.value(1);
        int stride = same(n, "strides", 1);
        int dilation = same(n, "dilations", 1);
        int[] pads = pads(n);
        boolean even = Arrays.stream(pads).allMatch(pad -> pad == pads[0]);
        Value x = even ? n.value(0) : n.value(0).padImage(pads[0], pads[2], pads[1], pads[3]);
        Value y = x.convolve(weight, new Convolution(stride, even ? pads[0] : 0, dilation, n.integer("group", 1)));
        return n.has(2) ? y.add(perChannel(n.value(2), y)) : y;
    }

    /** Top, left, bottom, right. */
    private static int[] pads(ForeignNode n) {
        String automatic = n.text("auto_pad", "NOTSET");
        if (!automatic.equals("NOTSET") && !automatic.equals("VALID")) {
            throw new IllegalArgumentException("its padding is " + automatic);
        }
        return n.integers("pads", 0, 0, 0, 0);
    }

    /** An attribute that must be the same along both axes. */
    private static int same(ForeignNode n, String attribute, int otherwise) {
        int[] both = n.integers(attribute, otherwise, otherwise);
        if (both.length != 2 || both[0] != both[1]) {
            throw new IllegalArgumentException("its " + attribute + " are " + Arrays.toString(both));
        }
        return both[0];
    }

    private static Value perChannel(Value vector, Value like) {
        int[] sizes = new int[like.shape().rank()];
        Arrays.fill(sizes, 1);
        sizes[1] = vector.shape().elements();
        return vector.reshape(sizes);
    }

    static Value batchNormalisation(ForeignNode n) {
        Value x = n.value(0);
        Value deviation =
                perChannel(n.value(4), x).add(n.number("epsilon", 1e-5f)).squareRoot();
        return x.subtract(perChannel(n.value(3), x))
                .divide(deviation)
                .multiply(perChannel(n.value(1), x))
                .add(perChannel(n.value(2), x));
    }

    static Value layerNormalisation(ForeignNode n) {
        Value x = n.value(0);
        Integer[] axes = IntStream.range(
                        n.axis(n.integer("axis", -1)), x.shape().rank())
                .boxed()
                .toArray(Integer[]::new);
        Value centred = x.subtract(x.mean(axes));
        Value deviation =
                centred.square().mean(axes).add(n.number("epsilon", 1e-5f)).squareRoot();
        Value scaled = centred.divide(deviation).multiply(n.value(1));
        return n.has(2) ? scaled.add(n.value(2)) : scaled;
    }

    static Value maxPool(ForeignNode n) {
        int[] pads = pads(n);
        if (Arrays.stream(pads).anyMatch(pad -> pad != pads[0]) || same(n, "dilations", 1) != 1) {
            throw new IllegalArgumentException("its padding is " + Arrays.toString(pads) + ", or it is dilated");
        }
        return n.value(0)
                .maxPool(new MaxPool(
                        same(n, "kernel_shape", 1), same(n, "strides", 1), pads[0], n.integer("ceil_mode", 0) == 1));
    }

    static Value averagePool(ForeignNode n) {
        int block = same(n, "kernel_shape", 1);
        if (same(n, "strides", 1) != block || Arrays.stream(pads(n)).anyMatch(pad -> pad != 0)) {
            throw new IllegalArgumentException("its windows of " + block + " pixels do not tile the picture");
        }
        return n.value(0).blockMean(block);
    }
}
