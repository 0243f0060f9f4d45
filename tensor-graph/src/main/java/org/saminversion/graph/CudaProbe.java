package org.saminversion.graph;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.util.Map;
import java.util.Optional;

/** Tries whether programs run on CUDA: libraries and drivers can be missing even where ONNX Runtime was built for it. */
final class CudaProbe {
    private CudaProbe() {}

    /** What is missing and what to do about it; empty if nothing is. */
    static Optional<String> obstacle() {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            return Optional.of("this build runs on processors only; build with the Maven profile cuda");
        }
        Graph graph = new Graph();
        Value x = graph.input("x", 1);
        RuntimeOptions options = RuntimeOptions.withThreads(1).on(Device.CUDA);
        try (Program program = Program.compile(graph, Map.of("y", x.add(1)), options)) {
            program.run(Map.of("x", Tensor.of(Shape.of(1), new float[] {1})));
            return Optional.empty();
        } catch (ProgramException e) {
            return Optional.of(e.getMessage().strip()
                    + "; it needs an NVIDIA driver, and the libraries of CUDA 12 and cuDNN 9 on the" + " library path");
        }
    }
}
