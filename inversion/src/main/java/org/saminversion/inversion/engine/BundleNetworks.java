package org.saminversion.inversion.engine;

import org.ejml.simple.SimpleMatrix;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.bundle.PerceptualDescription;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.network.PerceptualWeights;
import org.saminversion.inversion.network.StyleGan2Weights;
import org.saminversion.inversion.objective.GaussianPrior;

/**
 * The weights and statistics of a bundle, read into memory.
 *
 * @param meanOfW [w_dim], where optimisations start
 */
record BundleNetworks(InversionGraph.Networks networks, Tensor meanOfW) {
    /** Added to the covariance's diagonal before it is inverted (spec baselines.md section 4). */
    private static final double RIDGE = 1e-8;

    private static final float SLOPE = 5;

    static BundleNetworks read(ModelBundle bundle, EngineOptions options) {
        StyleGan2Weights generator = new StyleGan2Weights(
                SafetensorsFile.read(bundle.generatorFile()).tensors(),
                bundle.description().generator().convClamp());
        SafetensorsFile perceptual = SafetensorsFile.read(bundle.perceptualFile());
        PerceptualWeights perceptualWeights =
                bundle.description().perceptual() instanceof PerceptualDescription.LpipsVgg
                        ? PerceptualWeights.vgg16(perceptual.tensors())
                        : PerceptualWeights.trunk(perceptual.tensors());
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
                mean);
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
