package org.saminversion.graph;

import java.util.ArrayList;
import java.util.List;
import org.saminversion.graph.PoolOp.MaxPool;

/**
 * The gradient of a maximum over windows. Equal maxima in a window share it: it must not grow in flat regions, such as the
 * bars of a letter-box.
 */
final class MaxPoolGradient {
    private final MaxPool op;
    private final Value x;
    private final Value y;

    private MaxPoolGradient(MaxPool op, Value x, Value y) {
        this.op = op;
        this.x = x;
        this.y = y;
    }

    static Value of(MaxPool op, Value x, Value y, Value g) {
        MaxPoolGradient gradient = new MaxPoolGradient(op, x, y);
        return gradient.windowsTileTheImage() ? gradient.tiling(g) : gradient.overlapping(g);
    }

    private boolean windowsTileTheImage() {
        return op.stride() == op.kernel()
                && op.padding() == 0
                && x.shape().size(2) == op.kernel() * y.shape().size(2)
                && x.shape().size(3) == op.kernel() * y.shape().size(3);
    }

    private Value tiling(Value g) {
        int k = op.kernel();
        Value mask = KinkMasks.reached(x, y.nearestUpsample(k));
        Value count = mask.blockMean(k).multiply(k * k);
        return mask.multiply(g.divide(count).nearestUpsample(k));
    }

    /**
     * For each place in the window a slice of the image with steps of the stride: SpaceToDepth makes the steps, so that only
     * plain slices are needed, which are exact on every provider (a convolution may round).
     */
    private Value overlapping(Value g) {
        int stride = op.stride();
        int rows = paddedSize(2);
        int columns = paddedSize(3);
        int bottom = rows - op.padding() - x.shape().size(2);
        int right = columns - op.padding() - x.shape().size(3);
        Value phases = x.padImage(op.padding(), bottom, op.padding(), right).spaceToDepth(stride);
        List<Value> masks = new ArrayList<>();
        Value count = null;
        for (int row = 0; row < op.kernel(); row++) {
            for (int column = 0; column < op.kernel(); column++) {
                Value mask = KinkMasks.reached(seen(phases, row, column), y);
                masks.add(withoutPadding(mask, row, column));
                count = count == null ? masks.get(0) : count.add(masks.get(masks.size() - 1));
            }
        }
        Value share = g.divide(count);
        Value spread = null;
        for (int row = 0; row < op.kernel(); row++) {
            for (int column = 0; column < op.kernel(); column++) {
                Value part = placed(masks.get(row * op.kernel() + column).multiply(share), row, column, phases.shape());
                spread = spread == null ? part : spread.add(part);
            }
        }
        return spread.depthToSpace(stride)
                .slice(2, op.padding(), op.padding() + x.shape().size(2))
                .slice(3, op.padding(), op.padding() + x.shape().size(3));
    }

    /** Padding is zero here and may reach the maximum, whereas the operator never takes it. */
    private Value withoutPadding(Value mask, int row, int column) {
        int height = y.shape().size(2);
        int width = y.shape().size(3);
        float[] inside = new float[height * width];
        boolean all = true;
        for (int i = 0; i < inside.length; i++) {
            int imageRow = i / width * op.stride() + row - op.padding();
            int imageColumn = i % width * op.stride() + column - op.padding();
            boolean within = imageRow >= 0
                    && imageRow < x.shape().size(2)
                    && imageColumn >= 0
                    && imageColumn < x.shape().size(3);
            inside[i] = within ? 1 : 0;
            all &= within;
        }
        return all
                ? mask
                : mask.multiply(mask.graph()
                        .constant("inside", Tensor.of(Shape.of(1, 1, height, width), inside))
                        .cast(mask.type().element()));
    }

    /** Rows or columns that hold the padded image and all windows, a multiple of the stride. */
    private int paddedSize(int axis) {
        int windows = (y.shape().size(axis) - 1) * op.stride() + op.kernel();
        int image = op.padding() + x.shape().size(axis);
        return Math.floorDiv(Math.max(windows, image) + op.stride() - 1, op.stride()) * op.stride();
    }

    /** What each window sees at one of its places. */
    private Value seen(Value phases, int row, int column) {
        int channels = x.shape().size(1);
        int phase = phase(row, column);
        int top = row / op.stride();
        int left = column / op.stride();
        return phases.slice(1, phase * channels, (phase + 1) * channels)
                .slice(2, top, top + y.shape().size(2))
                .slice(3, left, left + y.shape().size(3));
    }

    /** The transpose of {@link #seen}: zeros everywhere else. */
    private Value placed(Value part, int row, int column, Shape phases) {
        int channels = x.shape().size(1);
        int phase = phase(row, column);
        int top = row / op.stride();
        int left = column / op.stride();
        return part.graph()
                .apply(
                        new ShapeOp.Pad(
                                List.of(0, phase * channels, top, left),
                                List.of(
                                        0,
                                        phases.size(1) - (phase + 1) * channels,
                                        phases.size(2) - top - y.shape().size(2),
                                        phases.size(3) - left - y.shape().size(3))),
                        part);
    }

    private int phase(int row, int column) {
        return row % op.stride() * op.stride() + column % op.stride();
    }
}
