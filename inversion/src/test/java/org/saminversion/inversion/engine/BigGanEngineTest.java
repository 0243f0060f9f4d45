package org.saminversion.inversion.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.Goldens;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.checkpoint.TorchFiles;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.Fit;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.importing.BundleImport;
import org.saminversion.inversion.importing.ImportChoices;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.InversionMethods;
import org.saminversion.inversion.method.MethodDescription;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.inversion.network.FormulaWeights;
import org.saminversion.inversion.network.biggan.BigGanDeep;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.space.LatentSpace;

/** BigGAN-deep of a tenth of the real width, 128 pixels, ten classes, from its checkpoint to edited photographs. */
class BigGanEngineTest {
    @TempDir
    private static Path folder;

    private static Map<String, Tensor> tensors;
    private static ModelBundle bundle;
    private static SamEngine engine;

    @BeforeAll
    static void importIt() throws IOException {
        SafetensorsFile golden = Goldens.read("biggan_deep");
        tensors = new TreeMap<>();
        FormulaWeights.shapes("biggan_deep")
                .forEach((name, shape) -> tensors.put(
                        name,
                        name.matches(".*weight_[uv]") ? golden.tensor(name) : FormulaWeights.tensor(name, shape)));
        Path checkpoint = Files.write(folder.resolve("biggan.pt"), TorchFiles.stateDictionary(tensors, false));
        Path trunk = folder.resolve("trunk.safetensors");
        SafetensorsFile.of(
                        Map.of(
                                "stage0.conv0.weight", FormulaWeights.tensor("a", Shape.of(4, 3, 3, 3)),
                                "stage0.conv0.bias", Tensor.zeros(Shape.of(4))),
                        Map.of())
                .write(trunk);
        ImportChoices choices = new ImportChoices(
                "animals", "animals", "none", 1000, 0, Fit.CENTRE_CROP, Optional.empty(), RuntimeOptions.standard());
        bundle = BundleImport.run(List.of(checkpoint, trunk), folder.resolve("animals"), choices)
                .bundle();
        engine = SamEngine.open(bundle.folder());
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void itsBundleSaysWhatItIs() {
        GeneratorDescription generator = bundle.description().generator();
        assertEquals(GeneratorDescription.Kind.BIGGAN_DEEP, generator.kind());
        assertEquals(
                List.of(128, 128, 256, 10, 11),
                List.of(
                        generator.resolution(),
                        generator.zDim(),
                        generator.wDim(),
                        generator.classes(),
                        generator.styles()));
        assertEquals(
                List.of("sam", "wplus", "F2", "F4", "F6", "F8"),
                InversionMethods.of(bundle.description()).stream()
                        .map(MethodDescription::name)
                        .toList());
    }

    @Test
    void aSampleIsTheReferencesImageOfItsCode() {
        Latents sample = engine.sample(5, 1, OptionalInt.of(7));
        float[] code = Arrays.copyOf(sample.wplus().toFloats(), 256);
        float[] z = Arrays.copyOf(code, 128);
        float[] label = new float[10];
        label[7] = 1;

        Graph graph = new Graph();
        BigGanDeep reference = new BigGanDeep(graph, new NamedTensors("BigGAN-deep", tensors), 1);
        Map<String, Value> image = Map.of(
                "image", reference.image(graph.input("z", 1, 128), reference.embedding(graph.input("label", 1, 10))));
        try (Program program = Program.compile(graph, image, RuntimeOptions.standard())) {
            Tensor expected = program.run(
                            Map.of("z", Tensor.of(Shape.of(1, 128), z), "label", Tensor.of(Shape.of(1, 10), label)))
                    .get("image");
            Goldens.assertClose("image", expected, engine.generate(sample), Goldens.IMAGE_TOLERANCE);
        }
    }

    @Test
    void aPhotographIsInvertedIntoCodesAndIntoF2() {
        RgbImage photograph = engine.render(engine.sample(1, 1, OptionalInt.of(2)));
        for (String method : List.of("wplus", "F2")) {
            try (InversionRun run = engine.start(
                    photograph,
                    new InversionSettings(method, 1, 30, 0, new MethodSettings(Map.of("learning-rate", 0.01))),
                    Optional.empty())) {
                List<StepLosses> losses = run.advance(30);
                double first = losses.get(0).total();
                double last = losses.get(29).total();
                assertTrue(last < 0.5 * first, method + " went from " + first + " to " + last);
            }
        }
    }

    @Test
    void aClassIsExchangedInAllLayersAndInF2OnlyInLaterOnes() {
        Latents sample = engine.sample(3, 1, OptionalInt.of(1));
        Tensor exchanged = engine.generateEdited(sample, List.of(new EditRequest("class-6", 1)));
        Tensor expected = engine.generate(withClass(sample, 6));
        Goldens.assertClose("image", expected, exchanged, Goldens.IMAGE_TOLERANCE);

        LatentSpace early = LatentSpace.parse("F2");
        TreeMap<LatentSpace, Tensor> delta = new TreeMap<>(Map.of(early, random(1, 256, 8, 8)));
        TreeMap<LatentSpace, Tensor> everywhere = new TreeMap<>(Map.of(early, Tensor.filled(Shape.of(1, 1, 8, 8), 1)));
        Latents inFeatures = new Latents(sample.wplus(), delta, everywhere, sample.provenance());
        Tensor kept = engine.generateEdited(inFeatures, List.of(new EditRequest("class-6", 1)));
        // The features at F2 are those of the inversion; the codes of the start and of the first two blocks say nothing
        // more.
        Latents laterOnly = new Latents(withClassFrom(sample, 6, 3), delta, everywhere, sample.provenance());
        Goldens.assertClose("image", engine.generate(laterOnly), kept, Goldens.IMAGE_TOLERANCE);
    }

    @Test
    void anUnknownClassIsNamed() {
        JobFailure.Rejected unknown =
                assertThrows(JobFailure.Rejected.class, () -> engine.check(new EditRequest("class-10", 1)));
        assertTrue(unknown.getMessage().contains("classes 0 to 9"), unknown.getMessage());
        assertThrows(JobFailure.Rejected.class, () -> engine.check(new EditRequest("smile", 1)));
    }

    private static Latents withClass(Latents latents, int label) {
        return new Latents(withClassFrom(latents, label, 0), new TreeMap<>(), new TreeMap<>(), latents.provenance());
    }

    private static Tensor withClassFrom(Latents latents, int label, int firstRow) {
        float[] wplus = latents.wplus().toFloats();
        float[] weight = tensors.get("embeddings.weight").toFloats();
        for (int i = firstRow * 256; i < wplus.length; i++) {
            if (i % 256 >= 128) {
                wplus[i] = weight[(i % 256 - 128) * 10 + label] / 0.2f;
            }
        }
        return Tensor.of(latents.wplus().shape(), wplus);
    }

    private static Tensor random(int... sizes) {
        SplittableRandom random = new SplittableRandom(4);
        float[] values = new float[Shape.of(sizes).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(Shape.of(sizes), values);
    }
}
