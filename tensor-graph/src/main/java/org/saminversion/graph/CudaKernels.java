package org.saminversion.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which operators of our opset the CUDA provider of our release of ONNX Runtime computes, by the type of their data (the table
 * {@code cuda-kernels.tsv} beside this class, with its source). Whatever is not in it would run on the CPU without a word, with
 * copies to and fro.
 */
final class CudaKernels {
    private final Map<String, Set<ElementType>> kernels;

    private CudaKernels(Map<String, Set<ElementType>> kernels) {
        this.kernels = kernels;
    }

    static CudaKernels read() {
        try (InputStream stream = CudaKernels.class.getResourceAsStream("cuda-kernels.tsv")) {
            Map<String, Set<ElementType>> kernels = new TreeMap<>();
            new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        String[] fields = line.split("\t");
                        kernels.put(fields[0], types(fields[2]));
                    });
            return new CudaKernels(kernels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<ElementType> types(String names) {
        Set<ElementType> types = EnumSet.noneOf(ElementType.class);
        Arrays.stream(names.split(" "))
                .map(name -> ElementType.valueOf(name.toUpperCase(Locale.ROOT)))
                .forEach(types::add);
        return types;
    }

    boolean has(String operator, ElementType data) {
        return kernels.getOrDefault(operator, Set.of()).contains(data);
    }

    /** The operators of these nodes that have no kernel, with the type of their data, in words. */
    Set<String> missing(Graph graph, boolean[] nodes) {
        Set<String> missing = new TreeSet<>();
        for (int id = 0; id < nodes.length; id++) {
            Node node = graph.node(id);
            if (nodes[id] && !(node.op() instanceof Source) && node.op() != UnaryOp.Function.DETACH) {
                String operator = node.op().onnx().type();
                ElementType data = data(graph, node);
                if (!has(operator, data)) {
                    missing.add(operator + " of " + data);
                }
            }
        }
        return missing;
    }

    /** A choice is made among its second input; the first only says which. */
    private static ElementType data(Graph graph, Node node) {
        int input = node.inputs().get(node.op() instanceof MiscellaneousOp.Where ? 1 : 0);
        return graph.node(input).type().element();
    }
}
