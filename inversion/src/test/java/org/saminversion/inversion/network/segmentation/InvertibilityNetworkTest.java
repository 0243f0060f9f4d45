package org.saminversion.inversion.network.segmentation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Value;
import org.saminversion.inversion.Goldens;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.FormulaWeights;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.space.LatentSpace;

class InvertibilityNetworkTest {
    @Test
    void equalsTheReference() {
        SafetensorsFile golden = Goldens.read("invertibility_deeplab");
        SortedMap<LatentSpace, NamedTensors> heads = new TreeMap<>();
        for (String name : new String[] {"W+", "F4", "F6", "F8", "F10"}) {
            heads.put(
                    LatentSpace.parse(name), new NamedTensors("head " + name, FormulaWeights.invertibilityHead(name)));
        }
        NamedTensors base = new NamedTensors("DeepLab", FormulaWeights.of("invertibility_deeplab"));
        Graph graph = new Graph();
        Value image = graph.input("x", 1, 3, 96, 128);
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("base", new DeepLab(graph, base).features(image).slice(1, 0, 2));
        new InvertibilityNetwork(graph, base, heads)
                .errors(image)
                .forEach((space, errors) -> outputs.put("head_" + space, errors));
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.standard())) {
            program.run(Map.of("x", golden.tensor("x")))
                    .forEach((name, tensor) ->
                            Goldens.assertClose(name, golden.tensor(name), tensor, Goldens.IMAGE_TOLERANCE));
        }
    }
}
