package org.saminversion.inversion.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.ForeignGraph;
import org.saminversion.graph.ForeignModel;
import org.saminversion.graph.ProgramException;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.failure.JobFailure;

/**
 * The half of CLIP that sees pictures, run as it is.
 *
 * @param input its name
 * @param single whether it takes one picture at a time only
 */
record ImageEncoder(ForeignModel model, String input, boolean single, Path file) implements AutoCloseable {
    /** @throws JobFailure.Rejected if it takes other things than pictures */
    static ImageEncoder of(ForeignModel model, Path file) {
        if (!takesPictures(model)) {
            throw ClipNetwork.invalid(
                    file,
                    "an image encoder takes one input of float32 and the shape [N,3,S,S], and this model takes "
                            + model.inputs());
        }
        Map.Entry<String, ForeignModel.Input> input =
                model.inputs().entrySet().iterator().next();
        return new ImageEncoder(model, input.getKey(), input.getValue().sizes().get(0) == 1, file);
    }

    static boolean takesPictures(ForeignModel model) {
        return model.inputs().size() == 1
                && model.inputs().values().stream()
                        .allMatch(input -> input.element() == ElementType.FLOAT32
                                && input.sizes().size() == 4);
    }

    /** @param pictures [N,3,S,S] @return [N,E] */
    Tensor run(Tensor pictures) {
        int batch = pictures.shape().size(0);
        if (!single || batch == 1) {
            return ClipNetwork.run(model, Map.of(input, pictures), file);
        }
        float[] all = pictures.toFloats();
        int each = all.length / batch;
        float[] vectors = new float[0];
        for (int n = 0; n < batch; n++) {
            Tensor one = Tensor.of(
                    ClipNetwork.withBatch(pictures.shape(), 1), Arrays.copyOfRange(all, n * each, (n + 1) * each));
            float[] vector = ClipNetwork.run(model, Map.of(input, one), file).toFloats();
            vectors = n == 0 ? new float[batch * vector.length] : vectors;
            System.arraycopy(vector, 0, vectors, n * vector.length, vector.length);
        }
        return Tensor.of(Shape.of(batch, vectors.length / batch), vectors);
    }

    /** The same within a graph. @param pictures [N,3,S,S] @return [N,E] */
    Value in(Value pictures) {
        try {
            return ForeignGraph.apply(Files.readAllBytes(file), pictures, ClipNetwork.embeddings(model));
        } catch (ProgramException refused) {
            throw ClipNetwork.invalid(file, refused);
        } catch (IOException failure) {
            throw new JobFailure.Transient("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
