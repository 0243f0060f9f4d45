package org.saminversion.inversion.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.file.SafetensorsFile;

/** The same generator in the files that the reference implementations wrote; too large for this repository. */
@EnabledIfSystemProperty(named = "sam.shared", matches = ".+")
class GoldenGeneratorTest {
    private static final Path GOLDENS = Path.of(System.getProperty("sam.shared", ""), "goldens");

    @ParameterizedTest
    @CsvSource({
        "generator_ada.pkl, NVIDIA_PYTORCH",
        "generator_tf.pkl, NVIDIA_TENSORFLOW",
        "generator_statedict_zip.pt, TORCH_ZIP",
        "generator_statedict_legacy.pt, TORCH_LEGACY",
        "generator.safetensors, SAFETENSORS"
    })
    void everyImporterGivesTheSameBits(String name, FileFormat format) {
        Path file = GOLDENS.resolve(name);
        assertEquals(format, CheckpointReader.read(file).contents().format());
        Map<String, Tensor> expected =
                SafetensorsFile.read(GOLDENS.resolve("generator.safetensors")).tensors();
        ImportedGenerator imported = GeneratorImporter.read(file);
        assertEquals(expected.keySet(), imported.tensors().keySet());
        expected.forEach(
                (tensor, value) -> assertEquals(value, imported.tensors().get(tensor), tensor));
        assertEquals(256, imported.architecture().resolution());
        assertEquals(64, imported.architecture().zDim());
        assertEquals(8, imported.architecture().mappingLayers());
        assertEquals(14, imported.architecture().styles());
    }
}
