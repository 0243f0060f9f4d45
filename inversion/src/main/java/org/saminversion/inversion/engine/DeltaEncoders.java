package org.saminversion.inversion.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.method.DeltaEncoding;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.network.ImageGenerator;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.space.LatentSpace;

/** The encoders of a bundle's feature spaces, compiled on first use. */
final class DeltaEncoders implements AutoCloseable {
    private final ModelBundle bundle;
    private final EngineInputs inputs;
    private final RuntimeOptions runtime;
    private Program program;

    DeltaEncoders(ModelBundle bundle, EngineInputs inputs, RuntimeOptions runtime) {
        this.bundle = bundle;
        this.inputs = inputs;
        this.runtime = runtime;
    }

    /**
     * @param target [1,3,H,W] in [-1,1]
     * @param wplus [1,L,w_dim]
     * @param masks [1,1,r,r] for every feature space of the bundle
     * @return the deltas [1,C,r,r]
     */
    SortedMap<LatentSpace, Tensor> deltas(Tensor target, Tensor wplus, SortedMap<LatentSpace, Tensor> masks) {
        Map<String, Tensor> given = new LinkedHashMap<>();
        given.put(InversionGraph.TARGET, target);
        given.put(InversionGraph.WPLUS, wplus);
        masks.forEach((space, mask) -> given.put(InversionGraph.mask(space), mask));
        Map<String, Tensor> results = compiled().run(given);
        SortedMap<LatentSpace, Tensor> deltas = new TreeMap<>();
        inputs.spaces().forEach(space -> deltas.put(space, results.get(InversionGraph.delta(space))));
        return deltas;
    }

    private synchronized Program compiled() {
        if (program == null) {
            program = compile();
        }
        return program;
    }

    private Program compile() {
        EncoderDescription description = bundle.description()
                .encoder(EncoderDescription.Kind.DELTAS)
                .orElseThrow(() -> new IllegalStateException("the method was let through without its encoders"));
        NamedTensors tensors = new NamedTensors(
                "deltas", SafetensorsFile.read(bundle.file(description.file())).tensors());
        InversionGraph.Networks networks = inputs.networks();
        Graph graph = new Graph();
        Value target = graph.input(
                InversionGraph.TARGET,
                1,
                3,
                networks.layout().targetHeight(),
                networks.layout().targetWidth());
        Value wplus = graph.input(
                InversionGraph.WPLUS,
                1,
                networks.generator().styles(),
                networks.generator().wDimension());
        SortedMap<LatentSpace, Value> masks = new TreeMap<>();
        for (LatentSpace space : inputs.spaces()) {
            int r = space.resolution();
            masks.put(space, graph.input(InversionGraph.mask(space), 1, 1, r, r));
        }
        ImageGenerator generator = networks.generator().in(graph, NoiseMode.CONSTANT);
        Map<String, Value> outputs = new LinkedHashMap<>();
        try {
            new DeltaEncoding(networks, generator, new Layers(graph, tensors))
                    .deltas(target, wplus, masks)
                    .forEach((space, delta) -> outputs.put(InversionGraph.delta(space), delta));
        } catch (IllegalArgumentException unfit) {
            throw new JobFailure.Rejected(
                    "bundle-invalid",
                    "bundle " + bundle.name() + " cannot be used: its encoders of deltas do not fit: "
                            + unfit.getMessage(),
                    unfit);
        }
        return Program.compile(graph, outputs, runtime);
    }

    @Override
    public synchronized void close() {
        if (program != null) {
            program.close();
        }
    }
}
