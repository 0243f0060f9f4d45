package org.saminversion.inversion.network.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.Goldens;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.FormulaWeights;
import org.saminversion.inversion.network.layer.NamedTensors;

class SegmenterNetworksTest {
    /** Each of 150 probabilities is small. */
    private static final double PROBABILITY_TOLERANCE = 1e-6;
    /** The share of pixels that rounding may give another label. */
    private static final double OTHER_LABELS_MAX = 1e-4;

    @Test
    void adeEqualsTheReference() {
        SafetensorsFile golden = Goldens.read("segmenter_ade20k_decoder");
        Graph graph = new Graph();
        Value probabilities = new AdeSegmenter(
                        graph,
                        new NamedTensors("encoder", FormulaWeights.of("segmenter_ade20k_encoder")),
                        new NamedTensors("decoder", FormulaWeights.of("segmenter_ade20k_decoder")))
                .probabilities(graph.input("x", 1, 3, 96, 128), 96, 128);
        Tensor actual = run(graph, probabilities, FormulaWeights.input(1, 3, 96, 128));
        assertLabels(golden.tensor("probabilities_argmax"), actual);
        Goldens.assertClose(
                "probabilities", golden.tensor("probabilities_first8"), first(2, actual), PROBABILITY_TOLERANCE);
    }

    @Test
    void biSeNetEqualsTheReference() {
        SafetensorsFile golden = Goldens.read("segmenter_bisenet");
        Graph graph = new Graph();
        BiSeNet network = new BiSeNet(graph, new NamedTensors("BiSeNet", FormulaWeights.of("segmenter_bisenet")));
        Value scores = network.scores(graph.input("x", 1, 3, 128, 128));
        Tensor actual = run(graph, scores, FormulaWeights.input(1, 3, 128, 128));
        assertLabels(golden.tensor("logits_argmax"), actual);
        Shape oblong = network.scores(graph.input("oblong", 1, 3, 100, 76)).shape();
        assertEquals(Shape.of(1, 19, 100, 76), oblong, "sizes need not be multiples of 32");
        Goldens.assertClose("scores", golden.tensor("logits_first4"), first(1, actual), Goldens.IMAGE_TOLERANCE);
    }

    @Test
    void imagesAreNormalisedAsImageNetIs() {
        Graph graph = new Graph();
        Value input = ImageNetInput.of(graph.input("x", 1, 3, 1, 1));
        Tensor actual = run(graph, input, Tensor.of(Shape.of(1, 3, 1, 1), -1f, 1f, 0f));
        float[] expected = {-0.485f / 0.229f, (1 - 0.456f) / 0.224f, (0.5f - 0.406f) / 0.225f};
        assertArrayEquals(expected, actual.toFloats(), 1e-6f);
    }

    @Test
    void vansCountAsCarsAndNosesAsFaces() {
        int[] cars = {20, 102, 83, 6, 13, 3, 21, 60, 29, 9, 0, 149};
        assertArrayEquals(
                new int[] {20, 20, 20, 3, 3, 3, 60, 60, 9, 9, 0, 149},
                LabelFusions.fused(cars, LabelFusions.ADE20K_CARS));
        int[] parts = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
        assertArrayEquals(
                new int[] {0, 3, 3, 3, 3, 3, 6, 3, 3, 9, 3, 3, 3, 3, 3, 15, 16, 17, 18},
                LabelFusions.fused(parts, LabelFusions.CELEBAMASK_FACES));
    }

    private static Tensor run(Graph graph, Value output, Tensor input) {
        try (Program program = Program.compile(graph, Map.of("output", output), RuntimeOptions.standard())) {
            return program.run(Map.of("x", input)).get("output");
        }
    }

    private static Tensor first(int channels, Tensor planes) {
        int count = channels * planes.shape().size(2) * planes.shape().size(3);
        return Tensor.of(
                Shape.of(1, channels, planes.shape().size(2), planes.shape().size(3)),
                java.util.Arrays.copyOf(planes.toFloats(), count));
    }

    private static void assertLabels(Tensor expected, Tensor scores) {
        int[] labels = expected.toInts();
        float[] values = scores.toFloats();
        assertEquals(labels.length, scores.shape().size(2) * scores.shape().size(3));
        int others = 0;
        for (int pixel = 0; pixel < labels.length; pixel++) {
            int best = 0;
            for (int label = 1; label < scores.shape().size(1); label++) {
                if (values[label * labels.length + pixel] > values[best * labels.length + pixel]) {
                    best = label;
                }
            }
            others += best == labels[pixel] ? 0 : 1;
        }
        assertTrue(others <= OTHER_LABELS_MAX * labels.length, others + " labels differ");
    }
}
