package org.saminversion.inversion.bundle;

import java.util.List;
import java.util.SortedMap;

/** What cuts a photograph into segments. */
public sealed interface SegmenterDescription {
    /** The kind in {@code bundle.yaml}. */
    String kind();

    /**
     * Graph-based segmentation (Felzenszwalb and Huttenlocher 2004): needs no network.
     *
     * @param scale the method's k at 64 pixels and levels 0 to 255: larger gives larger segments
     * @param blurSigma Gaussian blur before, in pixels; 0 for none
     * @param segmentShareMin segments with a smaller share of the picture join a neighbour
     */
    record Graph(double scale, double blurSigma, double segmentShareMin) implements SegmenterDescription {
        public static final String KIND = "graph";

        /** Gives a 64-pixel face six to twenty segments, eleven on average. */
        public static final Graph DEFAULT = new Graph(150, 0.8, 0.01);

        public Graph {
            if (!(scale > 0 && scale <= 1e6)) {
                throw new IllegalArgumentException("the scale must be above 0 and at most 1,000,000, not " + scale);
            }
            if (!(blurSigma >= 0 && blurSigma <= 20)) {
                throw new IllegalArgumentException("the blur must be from 0 to 20 pixels, not " + blurSigma);
            }
            if (!(segmentShareMin >= 0 && segmentShareMin <= 0.5)) {
                throw new IllegalArgumentException(
                        "the smallest share of a segment must be from 0 to 0.5, not " + segmentShareMin);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A semantic network as a plain ONNX file: input [1,3,H,W], output logits [1,K,h,w].
     *
     * @param file the ONNX file
     * @param inputWidth pixels that the picture is resized to before
     * @param inputHeight likewise
     * @param mean per channel of RGB in [0,1], subtracted
     * @param standardDeviation per channel, divided by
     * @param fusion labels that count as another one (such as van as car)
     */
    record Onnx(
            String file,
            int inputWidth,
            int inputHeight,
            List<Double> mean,
            List<Double> standardDeviation,
            SortedMap<Integer, Integer> fusion)
            implements SegmenterDescription {
        public static final String KIND = "onnx";

        public Onnx {
            if (inputWidth < 1 || inputHeight < 1 || inputWidth > 4096 || inputHeight > 4096) {
                throw new IllegalArgumentException("the input must have 1 to 4096 pixels along each axis, not "
                        + inputWidth + " x " + inputHeight);
            }
            if (mean.size() != 3 || standardDeviation.size() != 3) {
                throw new IllegalArgumentException(
                        "mean and standard_deviation have one number per channel, that is 3");
            }
            if (standardDeviation.stream().anyMatch(value -> !(value > 0))) {
                throw new IllegalArgumentException("a standard deviation must be above 0: " + standardDeviation);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }
    }
}
