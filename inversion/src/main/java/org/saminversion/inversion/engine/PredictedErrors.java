package org.saminversion.inversion.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.bundle.InvertibilityDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.network.Lpips;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.segmentation.CompactInvertibility;
import org.saminversion.inversion.network.segmentation.InvertibilityNetwork;
import org.saminversion.inversion.space.LatentSpace;

/** The bundle's invertibility network, compiled on first use. */
final class PredictedErrors implements AutoCloseable {
    private static final String IMAGE = "image";

    private final ModelBundle bundle;
    private final InversionGraph.Networks networks;
    private final RuntimeOptions runtime;
    private Optional<Program> compiled = Optional.empty();

    PredictedErrors(ModelBundle bundle, InversionGraph.Networks networks, RuntimeOptions runtime) {
        this.bundle = bundle;
        this.networks = networks;
        this.runtime = runtime;
    }

    /** Whether the bundle has a network. */
    boolean isPossible() {
        return bundle.description().invertibility().isPresent();
    }

    /**
     * @param target at the size of the layout's target
     * @return per candidate space [height*width], at least 0
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected of kind {@code bundle-invalid} if the network does not fit
     */
    SortedMap<LatentSpace, float[]> of(RgbImage target) {
        Map<String, Tensor> outputs = program().run(Map.of(IMAGE, ImageTensors.toTensor(target)));
        SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
        for (LatentSpace space : bundle.description().candidates()) {
            errors.put(space, outputs.get(space.toString()).toFloats());
        }
        return errors;
    }

    /** The mean errors of the training pictures, likewise; empty if the network's file does not hold them. */
    SortedMap<LatentSpace, float[]> means() {
        NamedTensors tensors = tensors();
        SortedMap<LatentSpace, float[]> means = new TreeMap<>();
        if (tensors.has(CompactInvertibility.MEAN)) {
            float[] all = tensors.tensor(CompactInvertibility.MEAN).toFloats();
            List<LatentSpace> candidates = bundle.description().candidates();
            int plane = all.length / candidates.size();
            for (int k = 0; k < candidates.size(); k++) {
                means.put(candidates.get(k), Arrays.copyOfRange(all, k * plane, (k + 1) * plane));
            }
        }
        return means;
    }

    private InvertibilityDescription description() {
        return bundle.description()
                .invertibility()
                .orElseThrow(() -> new JobFailure.Rejected(
                        "bundle-invalid",
                        "the bundle " + bundle.name()
                                + " has no invertibility network: train one with sam train invertibility"));
    }

    private NamedTensors tensors() {
        return new NamedTensors(
                "invertibility network",
                SafetensorsFile.read(bundle.file(description().file())).tensors());
    }

    private synchronized Program program() {
        Program program = compiled.orElseGet(this::compile);
        compiled = Optional.of(program);
        return program;
    }

    private Program compile() {
        NamedTensors tensors = tensors();
        Graph graph = new Graph();
        Value image = graph.input(
                IMAGE, 1, 3, networks.layout().targetHeight(), networks.layout().targetWidth());
        SortedMap<LatentSpace, Value> errors = switch (description().kind()) {
            case COMPACT -> compact(graph, tensors, image);
            case DEEPLAB ->
                InvertibilityNetwork.stored(
                                new Layers(graph, tensors), bundle.description().candidates())
                        .errors(image);
        };
        Map<String, Value> outputs = new TreeMap<>();
        errors.forEach((space, value) -> outputs.put(space.toString(), value));
        return Program.compile(graph, outputs, runtime);
    }

    private SortedMap<LatentSpace, Value> compact(Graph graph, NamedTensors tensors, Value image) {
        List<LatentSpace> candidates = bundle.description().candidates();
        Value meanMap = graph.constant(
                CompactInvertibility.MEAN,
                tensors.tensor(
                        CompactInvertibility.MEAN,
                        1,
                        candidates.size(),
                        image.shape().size(2),
                        image.shape().size(3)));
        Value all = new CompactInvertibility(new Layers(graph, tensors), new Lpips(graph, networks.perceptual()))
                .errors(image, meanMap);
        SortedMap<LatentSpace, Value> errors = new TreeMap<>();
        for (LatentSpace space : candidates) {
            errors.put(space, all.slice(1, errors.size(), errors.size() + 1));
        }
        return errors;
    }

    @Override
    public synchronized void close() {
        compiled.ifPresent(Program::close);
        compiled = Optional.empty();
    }
}
