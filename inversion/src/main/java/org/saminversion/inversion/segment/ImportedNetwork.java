package org.saminversion.inversion.segment;

import java.nio.file.Path;
import java.util.Map;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.bundle.SegmenterDescription.Semantic;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.segmentation.AdeSegmenter;
import org.saminversion.inversion.network.segmentation.BiSeNet;

/** A semantic network that was imported from somebody's checkpoint. */
public final class ImportedNetwork implements LogitsNetwork, AutoCloseable {
    private static final String INPUT = "image";
    private static final String SCORES = "scores";

    private final Program program;

    private ImportedNetwork(Program program) {
        this.program = program;
    }

    /** @throws JobFailure.Rejected of kind {@code bundle-invalid} if its tensors do not form the network */
    static ImportedNetwork open(Semantic description, Path file, RuntimeOptions options) {
        Graph graph = new Graph();
        Value image = graph.input(INPUT, 1, 3, description.inputHeight(), description.inputWidth());
        Map<String, Tensor> tensors = SafetensorsFile.read(file).tensors();
        return new ImportedNetwork(
                Program.compile(graph, Map.of(SCORES, scores(description.network(), graph, tensors, image)), options));
    }

    /** @throws JobFailure.Rejected of kind {@code bundle-invalid} if the tensors do not form the network */
    public static void requireWhole(Semantic description, Map<String, Tensor> tensors) {
        Graph graph = new Graph();
        Value image = graph.input(INPUT, 1, 3, description.inputHeight(), description.inputWidth());
        scores(description.network(), graph, tensors, image);
    }

    private static Value scores(Semantic.Network network, Graph graph, Map<String, Tensor> tensors, Value image) {
        NamedTensors named = new NamedTensors(network.label(), tensors);
        try {
            return switch (network) {
                case ADE20K -> new AdeSegmenter(graph, named.under("encoder"), named.under("decoder")).scores(image);
                case BISENET -> new BiSeNet(graph, named).scores(image);
                case ONNX -> throw new IllegalStateException("an ONNX file is no set of tensors");
            };
        } catch (IllegalArgumentException unfit) {
            throw named.invalid(unfit.getMessage());
        }
    }

    @Override
    public Tensor logits(Tensor input) {
        return program.run(Map.of(INPUT, input)).get(SCORES);
    }

    @Override
    public void close() {
        program.close();
    }
}
