package org.saminversion.inversion.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.Goldens;

/** Weights that follow from their names and shapes, as the goldens of large networks have them. */
public final class FormulaWeights {
    private static final double GAIN = 3;
    private static final double HEAD_GAIN = 6;
    private static final int CHANNELS_KEPT = 8;

    private FormulaWeights() {}

    /** The tensors of a golden, whose names and shapes are listed beside it. */
    public static Map<String, Tensor> of(String golden) {
        return of(golden, name -> true);
    }

    /** Some of the tensors of a golden. */
    public static Map<String, Tensor> of(String golden, Predicate<String> wanted) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shapes(golden).forEach((name, shape) -> {
            if (wanted.test(name)) {
                tensors.put(name, tensor(name, shape));
            }
        });
        return tensors;
    }

    /**
     * The network of a golden with a fraction of its channels, of which up to eight stay: small enough to be made anew by every test.
     *
     * @param divisor of the channels
     */
    public static Map<String, Tensor> narrow(String golden, int divisor) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shapes(golden).forEach((name, shape) -> {
            int[] sizes = shape.toArray();
            for (int axis = 0; axis < Math.min(2, sizes.length); axis++) {
                sizes[axis] = sizes[axis] > CHANNELS_KEPT ? Math.max(1, sizes[axis] / divisor) : sizes[axis];
            }
            tensors.put(name, tensor(name, Shape.of(sizes)));
        });
        return tensors;
    }

    /** The tensors of the invertibility network's head for a space; the space's name is part of theirs in the formula. */
    public static Map<String, Tensor> invertibilityHead(String space) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shapes("invertibility_head")
                .forEach((name, shape) -> tensors.put(name, tensor(space + "." + name, shape, HEAD_GAIN)));
        return tensors;
    }

    public static Map<String, Shape> shapes(String golden) {
        try (InputStream in = FormulaWeights.class.getResourceAsStream("/goldens/" + golden + ".tensors.json")) {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            for (JsonNode entry : new ObjectMapper().readTree(in)) {
                int[] sizes = new int[entry.get(1).size()];
                for (int axis = 0; axis < sizes.length; axis++) {
                    sizes[axis] = entry.get(1).get(axis).asInt();
                }
                shapes.put(entry.get(0).asText(), Shape.of(sizes));
            }
            return shapes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The input of networks whose golden does not store it. */
    public static Tensor input(int... sizes) {
        return scaled("golden_input", Shape.of(sizes), 0, 1, false);
    }

    public static Tensor tensor(String name, Shape shape) {
        return tensor(name, shape, GAIN);
    }

    private static Tensor tensor(String name, Shape shape, double gain) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (last.startsWith("running_mean")) {
            return scaled(name, shape, 0, 0.1, false);
        }
        if (last.startsWith("running_var")) {
            return scaled(name, shape, 1, 0.5, true);
        }
        if (shape.rank() > 1) {
            return Goldens.formulaWeight(name, gain, shape.toArray());
        }
        return last.equals("weight") ? scaled(name, shape, 1, 0.1, false) : scaled(name, shape, 0, 0.1, false);
    }

    private static Tensor scaled(String name, Shape shape, double centre, double factor, boolean absolute) {
        double[] u = Goldens.formula(name, shape.elements());
        float[] values = new float[u.length];
        for (int i = 0; i < u.length; i++) {
            values[i] = (float) (centre + factor * (absolute ? Math.abs(u[i]) : u[i]));
        }
        return Tensor.of(shape, values);
    }
}
