package org.saminversion.inversion.importing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.InvertibilityDescription;
import org.saminversion.inversion.checkpoint.GeneratorFiles;
import org.saminversion.inversion.checkpoint.PickleWriter;
import org.saminversion.inversion.checkpoint.TorchFiles;
import org.saminversion.inversion.engine.InversionRun;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.Fit;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.FormulaWeights;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.StyleGan2Weights;
import org.saminversion.inversion.network.encoder.CodeComposition;
import org.saminversion.inversion.network.encoder.StyleEncoder;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.segmentation.InvertibilityNetwork;
import org.saminversion.inversion.space.LatentSpace;

/** Networks in checkpoints of the published layouts, with few channels: imported, and used by the engine. */
class ImportedNetworksTest {
    private static final int DIVISOR = 8;
    private static final int CODE = 512 / DIVISOR;

    @TempDir
    private Path folder;

    @Test
    void theInvertibilityNetworkPredictsMaps() throws IOException {
        Map<String, Tensor> base = FormulaWeights.narrow("invertibility_deeplab", DIVISOR);
        SortedMap<LatentSpace, Map<String, Tensor>> heads = new TreeMap<>();
        for (String space : List.of("W+", "F2", "F4", "F10")) {
            heads.put(LatentSpace.parse(space), FormulaWeights.invertibilityHead(space));
        }
        Path bundle = bundleOf(new GeneratorFiles.Sizes(6, 5, 0, 2, 4, 4, 3, 3));

        BundleImport.Report report = run(bundle, write("deeplab.pt", invertibilityFile(base, heads)));

        assertEquals(List.of("invertibility network deeplab"), report.added());
        assertEquals(
                InvertibilityDescription.Kind.DEEPLAB,
                report.bundle().description().invertibility().orElseThrow().kind());
        try (SamEngine engine = SamEngine.open(bundle)) {
            RgbImage photograph = engine.render(engine.sample(3, 1));
            SortedMap<LatentSpace, float[]> predicted = engine.predictErrors(photograph);
            heads.remove(LatentSpace.parse("F10"));
            assertEquals(heads.keySet(), predicted.keySet());
            SortedMap<LatentSpace, float[]> expected = direct(base, heads, photograph);
            predicted.forEach((space, errors) -> assertArrayEquals(expected.get(space), errors, 1e-6f));
            InvertibilityMap map = engine.measureInvertibility(
                    photograph, new InversionSettings("sam", 0.2, 5, 0), (done, total, loss) -> {});
            assertEquals(32, map.width());
        }
        Path again = folder.resolve("deeplab.pt");
        assertRefused("has an invertibility network already", () -> run(bundle, again));
    }

    @Test
    void anInvertibilityNetworkNeedsAHeadForEverySpaceOfTheBundle() throws IOException {
        Path bundle = bundleOf(new GeneratorFiles.Sizes(6, 5, 0, 2, 4, 4, 3, 3));
        SortedMap<LatentSpace, Map<String, Tensor>> heads = new TreeMap<>();
        heads.put(LatentSpace.W_PLUS, FormulaWeights.invertibilityHead("W+"));
        Map<String, Tensor> base = FormulaWeights.narrow("invertibility_deeplab", DIVISOR);
        Path one = write("one.pt", invertibilityFile(base, heads));
        assertRefused("no heads for [F2, F4] of the bundle's candidate spaces, only for [W+]", () -> run(bundle, one));

        heads.put(LatentSpace.parse("F2"), FormulaWeights.invertibilityHead("F2"));
        heads.put(LatentSpace.parse("F4"), FormulaWeights.invertibilityHead("F4"));
        base.remove("backbone.layer3.22.conv2.weight");
        Path cut = write("cut.pt", invertibilityFile(base, heads));
        assertRefused("backbone.layer3.22.conv2.weight is missing", () -> run(bundle, cut));
        assertFalse(Files.exists(bundle.resolve("invertibility-deeplab.safetensors")));
    }

    @Test
    void reStyleCorrectsItsCodesInFivePasses() throws IOException {
        Map<String, Tensor> generator =
                GeneratorFiles.generator(new GeneratorFiles.Sizes(8, CODE, 0, 2, 4, 4, 4, 4, 3, 3, 3), 1);
        Map<String, Tensor> encoder = reStyle();
        Tensor average = FormulaWeights.tensor("latent_avg", Shape.of(14, CODE));
        Path bundle = bundleOf(generator);

        BundleImport.Report report =
                run(bundle, write("restyle.pt", encoderFile(encoder, average, "ProgressiveBackboneEncoder")));

        assertEquals(List.of("encoder restyle-e4e"), report.added());
        assertTrue(report.bundle()
                .description()
                .encoder(EncoderDescription.Kind.RESTYLE_E4E)
                .isPresent());
        try (SamEngine engine = SamEngine.open(bundle)) {
            RgbImage photograph = engine.render(engine.sample(3, 1));
            Tensor codes = average.reshape(1, 14, CODE);
            try (InversionRun passes = engine.start(
                            photograph, new InversionSettings("restyle-e4e", 0.2, 5, 0), Optional.empty());
                    Program pass = pass(generator, encoder)) {
                passes.advance(5);
                for (int i = 0; i < 5; i++) {
                    codes = pass.run(Map.of("codes", codes, "photograph", ImageTensors.toTensor(photograph)))
                            .get("better");
                }
                assertArrayEquals(codes.toFloats(), passes.latents().wplus().toFloats(), 2e-4f);
            }
        }
    }

    /** One pass as ReStyle's paper has it. */
    private static Program pass(Map<String, Tensor> generator, Map<String, Tensor> encoder) {
        Graph graph = new Graph();
        Value codes = graph.input("codes", 1, 14, CODE);
        Value rendered = new StyleGan2Weights(generator, java.util.OptionalDouble.empty())
                .in(graph, NoiseMode.CONSTANT)
                .synthesis(codes, BlockHook.NONE);
        Value seen = Value.concatenate(1, graph.input("photograph", 1, 3, 256, 256), rendered);
        Value change =
                new StyleEncoder(graph, new NamedTensors("ReStyle", encoder), CodeComposition.DEVIATIONS).codes(seen);
        return Program.compile(graph, Map.of("better", codes.add(change)), RuntimeOptions.standard());
    }

    /** The layout of ReStyle for faces: six input channels, and every head on the coarsest features. */
    private static Map<String, Tensor> reStyle() {
        Map<String, Tensor> tensors = FormulaWeights.narrow("encoder_psp", DIVISOR);
        tensors.keySet().removeIf(name -> name.startsWith("latlayer") || name.matches(".*convs\\.(8|10)\\..*"));
        tensors.put(
                "input_layer.0.weight", FormulaWeights.tensor("input_layer.0.weight", Shape.of(64 / DIVISOR, 6, 3, 3)));
        return tensors;
    }

    private static byte[] encoderFile(Map<String, Tensor> encoder, Tensor average, String type) {
        TorchFiles.Builder file = new TorchFiles.Builder(false);
        Map<String, Object> state = new LinkedHashMap<>();
        encoder.forEach((name, tensor) -> state.put("encoder." + name, file.tensor(tensor)));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("state_dict", PickleWriter.orderedDictionary(state));
        root.put("latent_avg", file.tensor(average));
        root.put("opts", Map.of("encoder_type", type, "input_nc", 6, "start_from_latent_avg", true));
        return file.file(root);
    }

    private static byte[] invertibilityFile(
            Map<String, Tensor> base, SortedMap<LatentSpace, Map<String, Tensor>> heads) {
        TorchFiles.Builder file = new TorchFiles.Builder(false);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("sd_base", dictionary(file, base));
        heads.forEach((space, tensors) -> root.put(space.toString(), dictionary(file, tensors)));
        return file.file(root);
    }

    private static Object dictionary(TorchFiles.Builder file, Map<String, Tensor> tensors) {
        Map<String, Object> items = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> items.put(name, file.tensor(tensor)));
        return PickleWriter.orderedDictionary(items);
    }

    private static SortedMap<LatentSpace, float[]> direct(
            Map<String, Tensor> base, SortedMap<LatentSpace, Map<String, Tensor>> heads, RgbImage photograph) {
        Graph graph = new Graph();
        SortedMap<LatentSpace, NamedTensors> named = new TreeMap<>();
        heads.forEach((space, tensors) -> named.put(space, new NamedTensors("head", tensors)));
        Map<String, Value> outputs = new TreeMap<>();
        new InvertibilityNetwork(graph, new NamedTensors("base", base), named)
                .errors(graph.input("x", 1, 3, photograph.height(), photograph.width()))
                .forEach((space, errors) -> outputs.put(space.toString(), errors));
        SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
        try (Program program = Program.compile(graph, outputs, RuntimeOptions.standard())) {
            program.run(Map.of("x", ImageTensors.toTensor(photograph)))
                    .forEach((space, tensor) -> errors.put(LatentSpace.parse(space), tensor.toFloats()));
        }
        return errors;
    }

    private Path bundleOf(GeneratorFiles.Sizes sizes) throws IOException {
        return bundleOf(GeneratorFiles.generator(sizes, 1));
    }

    private Path bundleOf(Map<String, Tensor> generator) throws IOException {
        Path bundle = folder.resolve("mine");
        Map<String, Tensor> trunk = Map.of(
                "stage0.conv0.weight", FormulaWeights.tensor("stage0.conv0.weight", Shape.of(4, 3, 3, 3)),
                "stage0.conv0.bias", Tensor.zeros(Shape.of(4)));
        run(
                bundle,
                write("network.pkl", GeneratorFiles.ada(new TreeMap<>(generator), PickleWriter.NONE)),
                write("trunk.bin", SafetensorsFile.of(trunk, Map.of()).toBytes()));
        return bundle;
    }

    private static BundleImport.Report run(Path bundle, Path... files) {
        return BundleImport.run(
                List.of(files),
                bundle,
                new ImportChoices(
                        "mine",
                        "tests",
                        "none",
                        1000,
                        0,
                        Fit.CENTRE_CROP,
                        Optional.empty(),
                        RuntimeOptions.withThreads(1)));
    }

    private Path write(String name, byte[] contents) throws IOException {
        return Files.write(folder.resolve(name), contents);
    }

    private static void assertRefused(String complaint, org.junit.jupiter.api.function.Executable run) {
        JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, run);
        assertEquals("import-refused", failure.kind());
        assertTrue(failure.getMessage().contains(complaint), failure.getMessage());
    }
}
