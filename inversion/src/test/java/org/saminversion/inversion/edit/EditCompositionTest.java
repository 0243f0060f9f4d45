package org.saminversion.inversion.edit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Value;
import org.saminversion.inversion.Goldens;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.method.ImageFormation;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.StyleGan2;
import org.saminversion.inversion.space.LatentSpace;

class EditCompositionTest {
    @Test
    void equalsTheReferenceAtEveryStrength() {
        SafetensorsFile latents = Goldens.read("sam_loss_square");
        SafetensorsFile refine = Goldens.read("refine_masks");
        SafetensorsFile golden = Goldens.read("edit");
        Graph graph = new Graph();
        Map<LatentSpace, Value> deltas = new LinkedHashMap<>();
        Map<LatentSpace, Value> masks = new LinkedHashMap<>();
        for (String name : new String[] {"F4", "F6", "F8", "F10"}) {
            LatentSpace space = LatentSpace.parse(name);
            int r = space.resolution();
            deltas.put(space, graph.constant("delta", latents.tensor("latent_" + name)));
            masks.put(
                    space, graph.constant("mask", refine.tensor("mask_" + name).reshape(1, 1, r, r)));
        }
        EditComposition composition = new EditComposition(
                new StyleGan2(graph, Goldens.generator(), NoiseMode.CONSTANT),
                new ImageFormation(deltas, masks),
                RgbSkip.EDITED);
        Value wplus = graph.constant("wplus", latents.tensor("latent_W+"));
        Value direction = graph.constant("direction", golden.tensor("direction"));
        Map<String, Value> outputs = new LinkedHashMap<>();
        for (int strength : new int[] {0, 2}) {
            Value edited = wplus.add(direction.multiply(strength));
            outputs.put("edited_x" + strength, composition.image(wplus, edited));
        }
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.standard())) {
            program.run(Map.of())
                    .forEach((name, tensor) ->
                            Goldens.assertClose(name, golden.tensor(name), tensor, Goldens.IMAGE_TOLERANCE));
        }
    }
}
