package org.saminversion.inversion.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.saminversion.graph.ForeignModel;
import org.saminversion.graph.ProgramException;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

/** A semantic network in a plain ONNX file. */
final class OnnxNetwork implements LogitsNetwork, AutoCloseable {
    private final Path file;
    private final ForeignModel model;

    private OnnxNetwork(Path file, ForeignModel model) {
        this.file = file;
        this.model = model;
    }

    /** @throws JobFailure.Rejected of kind {@code bundle-invalid} if it is no network of one input and one output */
    static OnnxNetwork open(Path file, RuntimeOptions options) {
        try {
            return new OnnxNetwork(file, ForeignModel.parseOfOneInput(Files.readAllBytes(file), options));
        } catch (ProgramException e) {
            throw new JobFailure.Rejected("bundle-invalid", file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Tensor logits(Tensor input) {
        try {
            return model.run(input);
        } catch (ProgramException e) {
            throw new JobFailure.Rejected(
                    "bundle-invalid", file + " does not take inputs of " + input.shape() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
