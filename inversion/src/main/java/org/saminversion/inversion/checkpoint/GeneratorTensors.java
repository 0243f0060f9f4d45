package org.saminversion.inversion.checkpoint;

import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.file.InvalidFile;

/** Collects a generator's tensors under ADA names, taking each from its source by name and turning it as needed. */
final class GeneratorTensors {
    /** The outer product of this kernel with itself, divided by its sum, is StyleGAN2's resampling filter. */
    static final float[] RESAMPLE_KERNEL = {1, 3, 3, 1};

    private final SortedMap<String, StoredTensor> source;
    private final String file;
    private final SortedMap<String, Tensor> result = new TreeMap<>();

    GeneratorTensors(Checkpoint.Generator generator, String file) {
        this.source = generator.tensors();
        this.file = file;
    }

    SortedMap<String, Tensor> result() {
        return result;
    }

    boolean has(String sourceName) {
        return source.containsKey(sourceName);
    }

    Shape shape(String sourceName) {
        return stored(sourceName).shape();
    }

    /** The numbers as FLOAT32. */
    Tensor load(String sourceName) {
        return Arrangement.toFloat32(stored(sourceName).load());
    }

    void put(String name, Tensor tensor) {
        result.put(name, tensor);
    }

    /** Takes a tensor under another shape of as many elements, for example without leading axes of size 1. */
    void take(String name, String sourceName, int... sizes) {
        Tensor tensor = load(sourceName);
        Shape shape = Shape.of(sizes);
        if (tensor.shape().elements() != shape.elements()) {
            throw InvalidFile.because(
                    file, "tensor '" + sourceName + "' has the shape " + tensor.shape() + " instead of " + shape);
        }
        put(name, tensor.reshape(sizes));
    }

    /** Takes a tensor as it is. */
    void take(String name, String sourceName) {
        put(name, load(sourceName));
    }

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected if the rank is another */
    Tensor loadOfRank(String sourceName, int rank) {
        Tensor tensor = load(sourceName);
        if (tensor.shape().rank() != rank) {
            throw InvalidFile.because(
                    file, "tensor '" + sourceName + "' has the shape " + tensor.shape() + " instead of rank " + rank);
        }
        return tensor;
    }

    private StoredTensor stored(String sourceName) {
        StoredTensor tensor = source.get(sourceName);
        if (tensor == null) {
            throw InvalidFile.because(
                    file,
                    "the generator lacks the tensor '" + sourceName
                            + "'; only StyleGAN2 generators of the skip architecture are read");
        }
        return tensor;
    }

    /** [4,4] from its one-dimensional kernel. */
    static Tensor resampleFilter(float[] kernel) {
        float sum = 0;
        for (float a : kernel) {
            for (float b : kernel) {
                sum += a * b;
            }
        }
        float[] filter = new float[kernel.length * kernel.length];
        for (int i = 0; i < filter.length; i++) {
            filter[i] = kernel[i / kernel.length] * kernel[i % kernel.length] / sum;
        }
        return Tensor.of(Shape.of(kernel.length, kernel.length), filter);
    }
}
