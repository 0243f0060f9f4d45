package org.saminversion.inversion.checkpoint;

import java.util.Map;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.file.InvalidFile;

/** Asks for tensors by name and shape; what is missing or does not fit is refused by name. */
final class GeneratorShapes {
    private final Map<String, Tensor> tensors;
    private final String file;

    GeneratorShapes(Map<String, Tensor> tensors, String file) {
        this.tensors = tensors;
        this.file = file;
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    int size(String name, int axis) {
        Shape shape = shape(name);
        if (axis >= shape.rank()) {
            refuse("tensor '" + name + "' has the shape " + shape);
        }
        return shape.size(axis);
    }

    void require(String name, int... sizes) {
        Shape expected = Shape.of(sizes);
        if (!shape(name).equals(expected)) {
            refuse("tensor '" + name + "' has the shape " + shape(name) + " instead of " + expected);
        }
    }

    private Shape shape(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw InvalidFile.because(
                    file,
                    "the generator lacks the tensor '" + name
                            + "'; only StyleGAN2 generators of the skip architecture are read");
        }
        return tensor.shape();
    }

    void refuse(String problem) {
        throw InvalidFile.because(file, problem);
    }
}
