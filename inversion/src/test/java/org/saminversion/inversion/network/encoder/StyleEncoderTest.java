package org.saminversion.inversion.network.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.Goldens;
import org.saminversion.inversion.network.FormulaWeights;
import org.saminversion.inversion.network.layer.NamedTensors;

/**
 * Heads are most of an encoder's weights, a gigabyte of them, and do not know of each other: the first few of each size are
 * compared, and all of them where the goldens' folder is at hand.
 */
class StyleEncoderTest {
    /** Codes are within 0.25 here. */
    private static final double TOLERANCE = 1e-5;

    private static final boolean ALL_STYLES = System.getProperty("sam.shared") != null;

    /** Three heads on the coarse level, four on the medium one, one on the fine one. */
    @Test
    void e4eEqualsTheReference() {
        assertEqualsTheReference("encoder_e4e_cars", CodeComposition.DEVIATIONS, ALL_STYLES ? 16 : 8, 192, 256);
    }

    @Test
    void pspEqualsTheReference() {
        assertEqualsTheReference("encoder_psp", CodeComposition.SEPARATE, ALL_STYLES ? 14 : 4, 256, 256);
    }

    private static void assertEqualsTheReference(
            String golden, CodeComposition composition, int styles, int height, int width) {
        Graph graph = new Graph();
        NamedTensors tensors = new NamedTensors(
                golden,
                FormulaWeights.of(
                        golden,
                        name -> !name.matches("styles\\.\\d+\\..*")
                                || Integer.parseInt(name.split("\\.")[1]) < styles));
        StyleEncoder encoder = new StyleEncoder(graph, tensors, composition);
        assertEquals(styles, encoder.styles());
        assertEquals(3, encoder.inputChannels());
        Value codes = encoder.codes(graph.input("image", 1, 3, height, width));
        try (Program program = Program.compile(graph, Map.of("codes", codes), RuntimeOptions.standard())) {
            Tensor actual = program.run(Map.of("image", FormulaWeights.input(1, 3, height, width)))
                    .get("codes");
            Tensor expected = Goldens.read(golden).tensor("codes");
            Tensor compared = Tensor.of(
                    actual.shape(),
                    Arrays.copyOf(expected.toFloats(), actual.shape().elements()));
            Goldens.assertClose(golden, compared, actual, TOLERANCE);
        }
    }
}
