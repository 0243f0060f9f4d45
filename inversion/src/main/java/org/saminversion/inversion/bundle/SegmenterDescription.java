package org.saminversion.inversion.bundle;

import java.util.List;
import java.util.Locale;
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
     * A semantic network: it scores every label for every pixel.
     *
     * @param network what it is and how its file is read
     * @param file its weights
     * @param inputWidth pixels that the picture is resized to before
     * @param inputHeight likewise
     * @param mean per channel of RGB in [0,1], subtracted
     * @param standardDeviation per channel, divided by
     * @param fusion labels that count as another one (such as van as car)
     */
    record Semantic(
            Network network,
            String file,
            int inputWidth,
            int inputHeight,
            List<Double> mean,
            List<Double> standardDeviation,
            SortedMap<Integer, Integer> fusion)
            implements SegmenterDescription {
        /** Of the photographs that torchvision's networks were trained on. */
        public static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);

        public static final List<Double> IMAGENET_STANDARD_DEVIATION = List.of(0.229, 0.224, 0.225);

        /** The networks that there are. */
        public enum Network {
            /** A plain ONNX file: input [1,3,H,W], output logits [1,K,h,w]. */
            ONNX,
            /** 150 labels of ADE20K; safetensors with {@code encoder.*} and {@code decoder.*} (spec networks.md 7.1). */
            ADE20K,
            /** 19 parts of portraits; safetensors (spec networks.md 7.2). */
            BISENET;

            /** The kind in {@code bundle.yaml}. */
            public String label() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        public Semantic {
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
            return network.label();
        }
    }
}
