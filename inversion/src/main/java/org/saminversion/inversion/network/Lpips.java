package org.saminversion.inversion.network;

import java.util.ArrayList;
import java.util.List;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/** LPIPS v0.1 as a graph (spec networks.md 3). Images are [N,3,H,W] in [-1,1]. */
public final class Lpips {
    private static final float[] SHIFT = {-0.030f, -0.088f, -0.188f};
    private static final float[] SCALE = {0.458f, 0.448f, 0.450f};
    private static final float EPSILON = 1e-10f;
    /** Keeps the root's gradient finite at a feature vector of zeros. */
    private static final float SQUARED_NORM_MIN = 1e-20f;

    private final Graph graph;
    private final PerceptualWeights weights;

    public Lpips(Graph graph, PerceptualWeights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /** The distance of each pair: [N,1,1,1], at least 0. */
    public Value distance(Value a, Value b) {
        Value sum = null;
        for (Value difference : differences(a, b)) {
            Value mean = difference.mean(2, 3);
            sum = sum == null ? mean : sum.add(mean);
        }
        return sum;
    }

    /** The error of each pixel: [N,1,H,W], at least 0 (the paper's e_l, equation 1). */
    public Value spatial(Value a, Value b) {
        int height = a.shape().size(2);
        int width = a.shape().size(3);
        Value sum = null;
        for (Value difference : differences(a, b)) {
            Value full = difference.bilinear(height, width, false);
            sum = sum == null ? full : sum.add(full);
        }
        return sum;
    }

    /** Per tap the weighted squared difference of the normalised features, [N,1,h,w]. */
    private List<Value> differences(Value a, Value b) {
        List<Value> ofA = features(a);
        List<Value> ofB = features(b);
        List<Value> result = new ArrayList<>();
        for (int tap = 0; tap < ofA.size(); tap++) {
            Value squared = ofA.get(tap).subtract(ofB.get(tap)).square();
            int stage = tap;
            Value weighted = weights.heads()
                    .map(heads -> squared.multiply(graph.constant("lin" + stage, heads.get(stage))))
                    .orElse(squared);
            result.add(weighted.sum(1));
        }
        return result;
    }

    /** The taps, finest first, each feature vector scaled to length 1: per stage [N,C,h,w]. */
    public List<Value> features(Value image) {
        Value x = image;
        if (weights.normalisesInput()) {
            x = image.subtract(graph.constant("shift", Tensor.of(Shape.of(1, 3, 1, 1), SHIFT)))
                    .divide(graph.constant("scale", Tensor.of(Shape.of(1, 3, 1, 1), SCALE)));
        }
        List<Value> taps = new ArrayList<>();
        for (int stage = 0; stage < weights.stages().size(); stage++) {
            PerceptualWeights.Stage part = weights.stages().get(stage);
            x = part.pool().map(x::maxPool).orElse(x);
            for (int c = 0; c < part.layers().size(); c++) {
                x = part.layers().get(c).apply(x, "stage" + stage + ".conv" + c);
            }
            Value norm = x.square()
                    .sum(1)
                    .maximum(graph.constant(SQUARED_NORM_MIN))
                    .squareRoot()
                    .add(EPSILON);
            taps.add(x.divide(norm));
        }
        return taps;
    }
}
