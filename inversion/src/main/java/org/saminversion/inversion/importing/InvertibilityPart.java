package org.saminversion.inversion.importing;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.InvertibilityDescription;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.importing.SourceFiles.Of;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.segmentation.InvertibilityNetwork;
import org.saminversion.inversion.space.LatentSpace;

/** The paper's invertibility network for a bundle (spec networks.md 6). */
record InvertibilityPart(InvertibilityDescription description, SortedMap<String, Tensor> tensors) {
    private static final String FILE = "invertibility-deeplab.safetensors";
    private static final String BASE = "base.";

    /** @throws JobFailure.Rejected if a candidate space of the bundle has no head, or tensors are missing or do not fit each other */
    static InvertibilityPart of(Of<Checkpoint.InvertibilityNetwork> found, BundleDescription bundle) {
        List<LatentSpace> candidates = bundle.candidates();
        List<LatentSpace> without = candidates.stream()
                .filter(space -> !found.checkpoint().latentSpaces().contains(space.toString()))
                .toList();
        if (!without.isEmpty()) {
            throw found.source()
                    .refused("it has no heads for " + without + " of the bundle's candidate spaces, only for "
                            + found.checkpoint().latentSpaces()
                            + ": take the others out of candidate_spaces in bundle.yaml first");
        }
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        found.checkpoint().tensors().forEach((name, tensor) -> {
            String first = name.substring(0, name.indexOf('.'));
            boolean head = found.checkpoint().latentSpaces().contains(first);
            if (!head) {
                tensors.put(BASE + name, tensor.load());
            } else if (candidates.stream().anyMatch(space -> space.toString().equals(first))) {
                tensors.put(name, tensor.load());
            }
        });
        requireWhole(found, tensors, candidates, bundle.layout());
        return new InvertibilityPart(
                new InvertibilityDescription(InvertibilityDescription.Kind.DEEPLAB, FILE, OptionalDouble.empty()),
                tensors);
    }

    /** Builds the network without compiling it, which tells whether every tensor is there and has its shape. */
    private static void requireWhole(
            Of<Checkpoint.InvertibilityNetwork> found,
            SortedMap<String, Tensor> tensors,
            List<LatentSpace> candidates,
            ImageLayout layout) {
        Graph graph = new Graph();
        Value image = graph.input("image", 1, 3, layout.targetHeight(), layout.targetWidth());
        try {
            InvertibilityNetwork.stored(
                            new Layers(graph, new NamedTensors("invertibility network", tensors)), candidates)
                    .errors(image);
        } catch (IllegalArgumentException | JobFailure.Rejected unfit) {
            throw found.source().refused(unfit.getMessage());
        }
    }

    void write(StagingFolder staging) {
        SafetensorsFile.of(tensors, Map.of()).write(staging.folder().resolve(FILE));
    }
}
