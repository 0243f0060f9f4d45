package org.saminversion.graph;

import java.util.Collections;
import java.util.Optional;

/**
 * Scales of the channels before and after a convolution, as factors of its kernel: where a kernel is much smaller than the image,
 * that saves two passes over the image.
 *
 * @param input of the channels [1,C,1,1] of the image whose SpaceToDepth with {@code inputBlock} is convolved
 * @param output of the channels of the output after a DepthToSpace with {@code outputBlock}
 */
record KernelScales(Optional<Value> input, int inputBlock, Optional<Value> output, int outputBlock) {
    private static final int RANK = 4;
    /** How many times smaller the transformed kernel must be. */
    private static final int SMALLER = 4;

    /** A product of an image [1,C,H,W], a node of the old graph, and a scale [1,C,1,1]. */
    record Factors(int image, Value scale) {}

    static Optional<Factors> factors(Node product, GraphRewrite rewrite) {
        Shape shape = product.type().shape();
        if (product.op() != BinaryOp.MULTIPLY || shape.rank() != RANK || shape.size(0) != 1) {
            return Optional.empty();
        }
        Shape ofScale = Shape.of(1, shape.size(1), 1, 1);
        for (int i = 0; i < 2; i++) {
            int image = product.inputs().get(i);
            Value scale = rewrite.at(product.inputs().get(1 - i));
            if (scale.shape().equals(ofScale)
                    && rewrite.old(image).type().shape().equals(shape)) {
                return Optional.of(new Factors(image, scale));
            }
        }
        return Optional.empty();
    }

    static boolean worthIt(WinogradBands bands) {
        long kernel = (long) Winograd.PLACES * bands.in() * bands.out();
        long pixels = (long) bands.tiles() * Winograd.TILE * Winograd.TILE;
        return bands.images() == 1 && SMALLER * kernel <= pixels * Math.min(bands.in(), bands.out());
    }

    /** The transform [36,I,O] of a kernel times the scales. @param flipped whether O are the channels before the convolution */
    Value applied(Value transform, boolean flipped) {
        Optional<Value> before = input.map(scale -> repeated(scale, inputBlock));
        Optional<Value> after = output.map(scale -> repeated(scale, outputBlock));
        Optional<Value> rows = (flipped ? after : before)
                .map(scale -> scale.reshape(scale.shape().elements(), 1));
        Optional<Value> columns = flipped ? before : after;
        if (rows.isPresent() && columns.isPresent()) {
            return transform.multiply(rows.get().multiply(columns.get()));
        }
        return rows.or(() -> columns).map(transform::multiply).orElse(transform);
    }

    /** The scales of the channels of a SpaceToDepth: [1,block² C]. */
    private static Value repeated(Value scale, int block) {
        Value row = scale.reshape(1, scale.shape().elements());
        return block == 1
                ? row
                : Value.concatenate(1, Collections.nCopies(block * block, row).toArray(Value[]::new));
    }
}
