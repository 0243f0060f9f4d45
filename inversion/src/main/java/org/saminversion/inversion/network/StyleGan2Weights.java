package org.saminversion.inversion.network;

import java.util.Map;
import java.util.OptionalDouble;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

/**
 * The tensors of a StyleGAN2 generator under the names of spec networks.md 1.1, with the sizes that follow from them.
 *
 * @param convClamp bound of every layer's output, if the checkpoint has one
 */
public record StyleGan2Weights(Map<String, Tensor> tensors, OptionalDouble convClamp) implements GeneratorWeights {
    private static final int RESOLUTION_MAX = 2048;

    /** @throws JobFailure.Rejected if a needed tensor is missing or has a shape that does not fit the others */
    public StyleGan2Weights {
        tensors = Map.copyOf(tensors);
        Sizes.check(tensors);
    }

    /** Length of z. */
    public int zDimension() {
        return tensor("mapping.fc0.weight").shape().size(1)
                - (isConditional() ? tensor("mapping.embed.weight").shape().size(0) : 0);
    }

    /** Length of the class vector; 0 for an unconditional generator. */
    public int classDimension() {
        return isConditional() ? tensor("mapping.embed.weight").shape().size(1) : 0;
    }

    /** Length of one style vector w. */
    @Override
    public int wDimension() {
        return tensor("synthesis.b4.conv1.affine.weight").shape().size(1);
    }

    public boolean isConditional() {
        return tensors.containsKey("mapping.embed.weight");
    }

    public int mappingLayers() {
        return Sizes.count(tensors, "mapping.fc", ".weight");
    }

    @Override
    public int resolution() {
        return Sizes.resolution(tensors);
    }

    /** L, the number of style vectors in W+: 10 at 64 px, 18 at 1024 px. */
    @Override
    public int styles() {
        return 2 * Integer.numberOfTrailingZeros(resolution()) - 2;
    }

    @Override
    public int channels(int resolution) {
        return tensor("synthesis.b" + resolution + ".conv1.weight").shape().size(0);
    }

    @Override
    public StyleChannels styleChannels() {
        return StyleChannels.of(tensors, resolution());
    }

    @Override
    public Map<String, Shape> noiseInputs() {
        return StyleGan2.noiseInputs(this);
    }

    @Override
    public ImageGenerator in(Graph graph, NoiseMode noiseMode) {
        return new StyleGan2(graph, this, noiseMode);
    }

    Tensor tensor(String name) {
        return Sizes.require(tensors, name);
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** Shape checks, apart from the record so that they can run before it exists. */
    private static final class Sizes {
        static Tensor require(Map<String, Tensor> tensors, String name) {
            Tensor tensor = tensors.get(name);
            if (tensor == null) {
                throw invalid("the tensor " + name + " is missing");
            }
            return tensor;
        }

        static int count(Map<String, Tensor> tensors, String before, String after) {
            int n = 0;
            while (tensors.containsKey(before + n + after)) {
                n++;
            }
            return n;
        }

        static int resolution(Map<String, Tensor> tensors) {
            int resolution = 4;
            while (tensors.containsKey("synthesis.b" + 2 * resolution + ".conv1.weight")) {
                resolution *= 2;
            }
            return resolution;
        }

        static void check(Map<String, Tensor> tensors) {
            if (count(tensors, "mapping.fc", ".weight") == 0) {
                throw invalid("it has no mapping layers (mapping.fc0.weight)");
            }
            int resolution = resolution(tensors);
            if (resolution < 8 || resolution > RESOLUTION_MAX) {
                throw invalid("its resolution is " + resolution + ", not 8 to " + RESOLUTION_MAX);
            }
            int width =
                    require(tensors, "synthesis.b4.conv1.affine.weight").shape().size(1);
            Shape start = require(tensors, "synthesis.b4.const").shape();
            int in = start.size(0);
            for (int r = 4; r <= resolution; r *= 2) {
                String block = "synthesis.b" + r + ".";
                int out = require(tensors, block + "conv1.weight").shape().size(0);
                if (r > 4) {
                    layer(tensors, block + "conv0", in, out, width, 3);
                }
                layer(tensors, block + "conv1", r == 4 ? in : out, out, width, 3);
                layer(tensors, block + "torgb", out, 3, width, 1);
                in = out;
            }
        }

        private static void layer(Map<String, Tensor> tensors, String name, int in, int out, int width, int kernel) {
            expect(tensors, name + ".weight", out, in, kernel, kernel);
            expect(tensors, name + ".bias", out);
            expect(tensors, name + ".affine.weight", in, width);
            expect(tensors, name + ".affine.bias", in);
        }

        private static void expect(Map<String, Tensor> tensors, String name, int... sizes) {
            Shape shape = require(tensors, name).shape();
            if (!shape.equals(Shape.of(sizes))) {
                throw invalid("the tensor " + name + " has the shape " + shape + " where " + Shape.of(sizes) + " fits");
            }
        }

        private static JobFailure.Rejected invalid(String what) {
            return new JobFailure.Rejected("bundle-invalid", "this is not a StyleGAN2 generator: " + what);
        }
    }
}
