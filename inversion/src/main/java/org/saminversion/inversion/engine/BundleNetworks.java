package org.saminversion.inversion.engine;

import java.util.HashMap;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.latent.LatentCheck;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.network.GeneratorWeights;
import org.saminversion.inversion.network.NoiseMode;
import org.saminversion.inversion.network.PerceptualWeights;
import org.saminversion.inversion.network.StyleGan2Weights;
import org.saminversion.inversion.network.biggan.BigGanWeights;
import org.saminversion.inversion.objective.GaussianPrior;

/**
 * The weights and statistics of a bundle, read into memory.
 *
 * @param meanOfW [w_dim], where optimisations start
 * @param standardDeviationOfW root of the mean squared distance from that mean, over all dimensions together
 * @param tuningPerceptual what pivotal tuning compares by
 */
public record BundleNetworks(
        InversionGraph.Networks networks,
        Tensor meanOfW,
        double standardDeviationOfW,
        PerceptualWeights tuningPerceptual) {
    /** Added to the covariance's diagonal before it is inverted (spec baselines.md section 4). */
    private static final double RIDGE = 1e-8;

    private static final float SLOPE = 5;

    /** @throws JobFailure.Rejected of kind {@code bundle-invalid} if the parts do not fit each other */
    public static BundleNetworks read(ModelBundle bundle, EngineOptions options) {
        GeneratorWeights generator = generator(bundle);
        PerceptualWeights perceptualWeights = BundlePerceptual.read(bundle);
        PerceptualWeights tuning = bundle.description()
                .tuningPerceptual()
                .map(other -> BundlePerceptual.read(bundle, other))
                .orElse(perceptualWeights);
        SafetensorsFile statistics = SafetensorsFile.read(bundle.statisticsFile());
        Tensor mean = require(statistics.tensor("w_mean"), Shape.of(generator.wDimension()));
        Tensor priorMean = switch (options.formulation()) {
            case RELEASED -> leaky(mean);
            case PAPER -> require(statistics.tensor("v_mean"), Shape.of(generator.wDimension()));
        };
        GaussianPrior prior = new GaussianPrior(priorMean, precision(statistics, generator.wDimension()));
        return new BundleNetworks(
                new InversionGraph.Networks(
                        generator,
                        perceptualWeights,
                        prior,
                        bundle.description().layout(),
                        options.noiseMode(),
                        options.formulation(),
                        options.clampGradient()),
                mean,
                standardDeviation(statistics, generator.wDimension()),
                tuning);
    }

    /** @throws JobFailure.Rejected if its tensors do not form the generator that the bundle says they do */
    static GeneratorWeights generator(ModelBundle bundle) {
        Map<String, Tensor> tensors =
                SafetensorsFile.read(bundle.generatorFile()).tensors();
        GeneratorDescription description = bundle.description().generator();
        return switch (description.kind()) {
            case STYLEGAN2 -> new StyleGan2Weights(tensors, description.convClamp());
            case BIGGAN_DEEP -> BigGanWeights.of(tensors, description.truncation());
        };
    }

    private static double standardDeviation(SafetensorsFile statistics, int width) {
        double[] covariance = require(statistics.tensor("w_covariance"), Shape.of(width, width))
                .toDoubles();
        double variance = 0;
        for (int i = 0; i < width; i++) {
            variance += covariance[i * width + i];
        }
        return Math.sqrt(variance);
    }

    /** The same with a generator that was tuned. @throws JobFailure.Rejected if a change does not fit */
    BundleNetworks tuned(Map<String, Tensor> changes) {
        Map<String, Tensor> tensors = new HashMap<>(networks.styleGan2().tensors());
        changes.forEach((name, change) -> {
            Tensor before = tensors.get(name);
            if (before == null || !before.shape().equals(change.shape())) {
                throw new JobFailure.Rejected(
                        LatentCheck.KIND,
                        "these latents change " + name + " " + change.shape()
                                + " of a generator, which this bundle's does not have");
            }
            tensors.put(name, sum(before, change));
        });
        return withGenerator(new StyleGan2Weights(tensors, networks.styleGan2().convClamp()), networks.noiseMode());
    }

    /** The same with noise maps that are given at each run. */
    BundleNetworks withNoiseInputs() {
        return withGenerator(networks.generator(), NoiseMode.RANDOM);
    }

    private BundleNetworks withGenerator(GeneratorWeights generator, NoiseMode noiseMode) {
        InversionGraph.Networks other = new InversionGraph.Networks(
                generator,
                networks.perceptual(),
                networks.prior(),
                networks.layout(),
                noiseMode,
                networks.formulation(),
                networks.clampGradient());
        return new BundleNetworks(other, meanOfW, standardDeviationOfW, tuningPerceptual);
    }

    private static Tensor sum(Tensor before, Tensor change) {
        float[] values = before.toFloats();
        float[] changes = change.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] += changes[i];
        }
        return Tensor.of(before.shape(), values);
    }

    private static Tensor leaky(Tensor mean) {
        float[] values = mean.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(values[i], SLOPE * values[i]);
        }
        return Tensor.of(mean.shape(), values);
    }

    private static Tensor precision(SafetensorsFile statistics, int width) {
        Tensor covariance = require(statistics.tensor("v_covariance"), Shape.of(width, width));
        SimpleMatrix matrix = new SimpleMatrix(width, width, true, covariance.toDoubles());
        SimpleMatrix inverse =
                matrix.plus(SimpleMatrix.identity(width).scale(RIDGE)).invert();
        return Tensor.of(Shape.of(width, width), inverse.getDDRM().getData().clone());
    }

    private static Tensor require(Tensor tensor, Shape shape) {
        if (!tensor.shape().equals(shape)) {
            throw new JobFailure.Rejected(
                    "bundle-invalid",
                    "the statistics file has a tensor of shape " + tensor.shape() + " where " + shape
                            + " fits the generator");
        }
        return tensor;
    }
}
