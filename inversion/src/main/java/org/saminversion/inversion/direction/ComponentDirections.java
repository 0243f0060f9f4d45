package org.saminversion.inversion.direction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.checkpoint.CheckpointReader;
import org.saminversion.inversion.checkpoint.StoredTensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.StyleGan2Weights;
import org.saminversion.inversion.space.LayerRange;

/** Families of directions that nobody has to label: principal components of W (GANSpace), and factors of the weights (SeFa). */
public final class ComponentDirections {
    private ComponentDirections() {}

    /**
     * Principal components from the covariance in the bundle's statistics, the widest first.
     *
     * @throws JobFailure.Rejected of kind {@code parameter-out-of-range} if there are not so many
     */
    public static DirectionFamily ofStatistics(ModelBundle bundle, String name, int count, LayerRange layers) {
        PrincipalComponents components = PrincipalComponents.ofCovariance(
                SafetensorsFile.read(bundle.statisticsFile()).tensor("w_covariance"));
        requireCount(count, components.count());
        List<Tensor> vectors = new ArrayList<>();
        double share = 0;
        for (int i = 0; i < count; i++) {
            vectors.add(components.direction(i));
            share += components.varianceShare(i);
        }
        return DirectionFamily.numbered(
                name,
                layers,
                vectors,
                Map.of(
                        "kind", "principal components of W, one vector added to every style of the range",
                        "strength", "1 = one standard deviation of W along the component",
                        "variance_share", String.format(Locale.ROOT, "%.3f", share)));
    }

    /**
     * Components that GANSpace ({@code .npz}) or e4e ({@code .pt}) computed, with their standard deviations and their mean.
     *
     * @throws JobFailure.Rejected if the file holds none, they are of another width, or there are not so many
     */
    public static DirectionFamily ofFile(ModelBundle bundle, Path file, String name, int count, LayerRange layers) {
        if (!(CheckpointReader.read(file) instanceof Checkpoint.StyleComponents found)) {
            throw new JobFailure.Rejected(
                    DirectionFile.INVALID, file + " holds no principal components as GANSpace or e4e store them");
        }
        boolean ganSpace = found.tensors().containsKey("lat_comp");
        Tensor components = load(found, ganSpace ? "lat_comp" : "comp");
        double[] deviations = load(found, ganSpace ? "lat_stdev" : "std").toDoubles();
        Tensor mean = load(found, ganSpace ? "lat_mean" : "mean");
        int width = bundle.description().generator().wDim();
        if (components.shape().size(2) != width || mean.shape().elements() != width) {
            throw new JobFailure.Rejected(
                    DirectionFile.INVALID,
                    file + ": its components have " + components.shape().size(2)
                            + " numbers, and style vectors of this generator have " + width);
        }
        requireCount(count, Math.min(components.shape().size(0), deviations.length));
        double[] values = components.toDoubles();
        List<Tensor> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[width];
            for (int k = 0; k < width; k++) {
                vector[k] = (float) (values[i * width + k] * deviations[i]);
            }
            vectors.add(Tensor.of(Shape.of(1, width), vector));
        }
        Map<String, String> metadata =
                Map.of("kind", "principal components of W", "imported-from", String.valueOf(file.getFileName()));
        return DirectionFamily.numbered(name, layers, vectors, metadata)
                .with(Convention.RELATIVE, Optional.of(Tensor.of(Shape.of(width), mean.toFloats())));
    }

    /**
     * Factors of the weights that modulate some layers, the most effective first, each in standard deviations of W.
     *
     * @throws JobFailure.Rejected of kind {@code parameter-out-of-range} if there are not so many
     */
    public static DirectionFamily ofWeights(ModelBundle bundle, String name, int count, LayerRange layers) {
        if (bundle.description().generator().kind() != GeneratorDescription.Kind.STYLEGAN2) {
            throw new JobFailure.Rejected(
                    DirectionFile.INVALID, "only the weights of StyleGAN2 generators are factorised");
        }
        StyleGan2Weights generator = new StyleGan2Weights(
                SafetensorsFile.read(bundle.generatorFile()).tensors(),
                bundle.description().generator().convClamp());
        requireCount(count, generator.wDimension());
        StyleSpread spread =
                StyleSpread.of(SafetensorsFile.read(bundle.statisticsFile()).tensor("w_covariance"));
        List<Tensor> vectors = SemanticFactors.of(generator.tensors(), generator.styles(), layers).stream()
                .limit(count)
                .map(spread::oneDeviation)
                .toList();
        return DirectionFamily.numbered(
                name,
                layers,
                vectors,
                Map.of(
                        "kind", "factors of the modulation weights (SeFa) of the styles of the range",
                        "strength", "1 = one standard deviation of W along the factor"));
    }

    private static Tensor load(Checkpoint.StyleComponents found, String name) {
        StoredTensor stored = found.tensors().get(name);
        return stored.load();
    }

    private static void requireCount(int count, int available) {
        if (count < 1 || count > available) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range", "there are 1 to " + available + " directions to take, not " + count);
        }
    }
}
