package org.saminversion.inversion.segment;

import java.util.List;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.SegmenterDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.Resample;
import org.saminversion.inversion.image.RgbImage;

/**
 * Segments by meaning: a network scores every label for every pixel, the best label wins, and labels that the bundle fuses
 * count as one (such as van and car; spec networks.md section 7).
 */
public final class SemanticSegmenter implements Segmenter {
    private final SegmenterDescription.Semantic parameters;
    private final LogitsNetwork network;

    public SemanticSegmenter(SegmenterDescription.Semantic parameters, LogitsNetwork network) {
        this.parameters = parameters;
        this.network = network;
    }

    /** @throws JobFailure.Rejected of kind {@code bundle-invalid} if the network gives anything but one set of score planes */
    @Override
    public int[] segment(RgbImage image) {
        RgbImage resized = Resample.lanczos(image, parameters.inputWidth(), parameters.inputHeight());
        Tensor logits = network.logits(normalised(resized));
        Shape shape = logits.shape();
        if (shape.rank() != 4 || shape.size(0) != 1 || shape.elements() == 0) {
            throw new JobFailure.Rejected(
                    "bundle-invalid",
                    "the segmenter " + parameters.file() + " gives " + shape
                            + " instead of scores [1,labels,height,width]");
        }
        return labels(new ScorePlanes(logits.toFloats(), shape.size(1), shape.size(3), shape.size(2)), image);
    }

    /** {@code (level / 255 - mean) / standard deviation} per channel. @return [1,3,H,W] */
    private Tensor normalised(RgbImage image) {
        List<Double> mean = parameters.mean();
        List<Double> deviation = parameters.standardDeviation();
        int plane = image.width() * image.height();
        float[] out = new float[3 * plane];
        for (int i = 0; i < plane; i++) {
            for (int channel = 0; channel < 3; channel++) {
                double level = (image.pixels()[3 * i + channel] & 0xff) / 255.0;
                out[channel * plane + i] = (float) ((level - mean.get(channel)) / deviation.get(channel));
            }
        }
        return Tensor.of(Shape.of(1, 3, image.height(), image.width()), out);
    }

    private int[] labels(ScorePlanes scores, RgbImage image) {
        int[] labels = new int[image.width() * image.height()];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                double sourceX = (x + 0.5) * scores.width() / image.width() - 0.5;
                double sourceY = (y + 0.5) * scores.height() / image.height() - 0.5;
                int best = scores.bestAt(sourceX, sourceY);
                labels[y * image.width() + x] = parameters.fusion().getOrDefault(best, best);
            }
        }
        return labels;
    }
}
