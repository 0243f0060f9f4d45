package org.saminversion.inversion.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Program;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.StyleGan2;
import org.saminversion.inversion.network.StyleGan2Weights;

/** A generator's mapping network, ready to draw style vectors of random images. */
final class MappingSampler implements StyleSampler {
    private static final String Z = "z";
    private static final String LABELS = "labels";
    private static final String W = "w";

    private final int batch;
    private final int zDimension;
    private final int classes;
    private final Program program;

    MappingSampler(StyleGan2Weights generator, int batch, RuntimeOptions runtime) {
        this.batch = batch;
        this.zDimension = generator.zDimension();
        this.classes = generator.classDimension();
        Graph graph = new Graph();
        StyleGan2 network = new StyleGan2(graph, generator, NoiseMode.NONE);
        Value z = graph.input(Z, batch, zDimension);
        Value w = classes == 0 ? network.mapping(z) : network.mapping(z, graph.input(LABELS, batch, classes));
        this.program = Program.compile(graph, Map.of(W, w), runtime);
    }

    @Override
    public Tensor draw(RandomGenerator random, OptionalInt label) {
        StyleSampler.requireClass(label, classes);
        float[] z = new float[batch * zDimension];
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) random.nextGaussian();
        }
        Map<String, Tensor> inputs = new HashMap<>(Map.of(Z, Tensor.of(Shape.of(batch, zDimension), z)));
        if (classes > 0) {
            float[] labels = new float[batch * classes];
            for (int n = 0; n < batch; n++) {
                labels[n * classes + label.orElseGet(() -> random.nextInt(classes))] = 1;
            }
            inputs.put(LABELS, Tensor.of(Shape.of(batch, classes), labels));
        }
        return program.run(inputs).get(W);
    }

    @Override
    public boolean isTruncated(int index) {
        return true;
    }

    @Override
    public void close() {
        program.close();
    }
}
