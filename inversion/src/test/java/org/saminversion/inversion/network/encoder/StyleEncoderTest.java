package org.saminversion.inversion.network.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

class StyleEncoderTest {
    @Test
    void e4eEqualsTheReference() {
        assertEqualsTheReference("encoder_e4e_cars", CodeComposition.DEVIATIONS, 16, 192, 256);
    }

    @Test
    void pspEqualsTheReference() {
        assertEqualsTheReference("encoder_psp", CodeComposition.SEPARATE, 14, 256, 256);
    }

    private static void assertEqualsTheReference(
            String golden, CodeComposition composition, int styles, int height, int width) {
        Graph graph = new Graph();
        StyleEncoder encoder =
                new StyleEncoder(graph, new NamedTensors(golden, FormulaWeights.of(golden)), composition);
        assertEquals(styles, encoder.styles());
        assertEquals(3, encoder.inputChannels());
        Value codes = encoder.codes(graph.input("image", 1, 3, height, width));
        try (Program program = Program.compile(graph, Map.of("codes", codes), RuntimeOptions.standard())) {
            Tensor actual = program.run(Map.of("image", FormulaWeights.input(1, 3, height, width)))
                    .get("codes");
            Goldens.assertClose(golden, Goldens.read(golden).tensor("codes"), actual, Goldens.IMAGE_TOLERANCE);
        }
    }
}
