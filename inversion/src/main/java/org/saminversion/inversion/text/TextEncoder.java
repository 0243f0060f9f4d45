package org.saminversion.inversion.text;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.ForeignModel;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** The half of CLIP that reads texts, run as it is. */
record TextEncoder(ForeignModel model, Tokenizer tokenizer, Path file) implements AutoCloseable {
    /** What Hugging Face's exports take beside the tokens: 1 for each that counts. */
    private static final String ATTENTION_MASK = "attention_mask";

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected if it takes other things than token numbers */
    static TextEncoder of(ForeignModel model, Tokenizer tokenizer, Path file) {
        if (!takesTokens(model)) {
            model.close();
            throw ClipNetwork.invalid(
                    file,
                    "a text encoder takes token numbers of int32 or int64 and the shape [N,T], and may take an "
                            + ATTENTION_MASK + " too; this model takes " + model.inputs());
        }
        return new TextEncoder(model, tokenizer, file);
    }

    static boolean takesTokens(ForeignModel model) {
        long others = model.inputs().keySet().stream()
                .filter(name -> !name.equals(ATTENTION_MASK))
                .count();
        return others == 1
                && model.inputs().values().stream()
                        .allMatch(input -> input.element() != ElementType.FLOAT32
                                && input.sizes().size() == 2);
    }

    /** The vector of a text. */
    double[] run(String text) {
        long[] tokens = tokenizer.numbers(text);
        long[] counted = new long[tokenizer.length()];
        Arrays.fill(counted, 0, tokens.length, 1);
        // The encoder looks at the end of the text, so what stands after it does not count.
        long[] numbers = Arrays.copyOf(tokens, counted.length);
        Map<String, Tensor> values = new HashMap<>();
        model.inputs()
                .forEach((name, input) ->
                        values.put(name, tensor(input.element(), name.equals(ATTENTION_MASK) ? counted : numbers)));
        return ClipNetwork.run(model, values, file).toDoubles();
    }

    private static Tensor tensor(ElementType element, long[] numbers) {
        Shape shape = Shape.of(1, numbers.length);
        return element == ElementType.INT64
                ? Tensor.of(shape, numbers)
                : Tensor.of(
                        shape, Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray());
    }

    @Override
    public void close() {
        model.close();
    }
}
