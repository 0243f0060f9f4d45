package org.saminversion.inversion.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;

/** The whole lists of tensor names and shapes that the reference implementations have. */
@EnabledIfSystemProperty(named = "sam.shared", matches = ".+")
class GoldenNetworkTest {
    private static final Path GOLDENS = Path.of(System.getProperty("sam.shared", ""), "goldens");

    @ParameterizedTest
    @CsvSource({
        "encoder_e4e_cars, state_dict.encoder., Encoder, 541",
        "encoder_psp, state_dict.encoder., Encoder, 513",
        "invertibility_deeplab, sd_base., InvertibilityNetwork, 567",
        "segmenter_ade20k_encoder, '', Ade20kEncoder, 275",
        "segmenter_ade20k_decoder, '', Ade20kDecoder, 27",
        "segmenter_bisenet, module., BiSeNet, 148",
        "biggan_deep, '', BigGanDeep, 506"
    })
    void everyNetworkIsRecognisedWhole(String list, String wrapper, String kind, int kept) throws IOException {
        SortedMap<String, StoredTensor> tensors = new TreeMap<>();
        for (JsonNode entry : new ObjectMapper()
                .readTree(GOLDENS.resolve(list + ".tensors.json").toFile())) {
            int[] sizes = new int[entry.get(1).size()];
            for (int axis = 0; axis < sizes.length; axis++) {
                sizes[axis] = entry.get(1).get(axis).asInt();
            }
            tensors.put(wrapper + entry.get(0).asText(), new StoredTensor(ElementType.FLOAT32, Shape.of(sizes), () -> {
                throw new AssertionError("recognition looks at shapes only");
            }));
        }
        Checkpoint checkpoint =
                CheckpointRecognizer.recognize(new Contents(FileFormat.TORCH_LEGACY, tensors, new TreeMap<>()));
        assertEquals(kind, checkpoint.getClass().getSimpleName());
        assertEquals(kept, checkpoint.tensors().size());
    }
}
