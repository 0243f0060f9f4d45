package org.saminversion.inversion.importing;

import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.saminversion.graph.RuntimeOptions;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.engine.StyleSampler;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.network.GeneratorWeights;
import org.saminversion.inversion.network.biggan.BigGanWeights;

/**
 * Mean and covariance of style vectors, in double precision. Sums are taken about the mean of the first batch, so that little
 * is lost where the mean is far from zero.
 */
final class StyleStatistics {
    private static final int BATCH = 500;
    private static final double SLOPE = 5;

    private final int width;
    private final DMatrixRMaj sums;
    private final DMatrixRMaj products;
    private double[] origin;
    private int count;

    private StyleStatistics(int width) {
        this.width = width;
        this.sums = new DMatrixRMaj(1, width);
        this.products = new DMatrixRMaj(width, width);
    }

    /**
     * Statistics of W and of V, which is W through a leaky ReLU of slope 5 (spec baselines.md 4).
     *
     * @param samples how many style vectors to draw, rounded up to whole batches of 500
     * @return {@code w_mean}, {@code w_std}, {@code w_covariance}, {@code v_mean}, {@code v_covariance}; covariances with one
     *     degree of freedom less
     */
    static SafetensorsFile of(GeneratorWeights generator, int samples, long seed, RuntimeOptions runtime) {
        int width = generator.wDimension();
        StyleStatistics w = new StyleStatistics(width);
        StyleStatistics v = new StyleStatistics(width);
        SplittableRandom random = new SplittableRandom(seed);
        try (StyleSampler sampler = StyleSampler.of(generator, BATCH, runtime)) {
            while (w.count < samples) {
                double[] drawn = sampler.draw(random, OptionalInt.empty()).toDoubles();
                w.add(drawn);
                for (int i = 0; i < drawn.length; i++) {
                    drawn[i] = Math.min(drawn[i], SLOPE * drawn[i]);
                }
                v.add(drawn);
            }
        }
        return SafetensorsFile.of(
                Map.of(
                        "w_mean", w.mean(),
                        "w_std", Tensor.scalar((float) w.distance()),
                        "w_covariance", w.covariance(),
                        "v_mean", v.mean(),
                        "v_covariance", generator instanceof BigGanWeights ? v.variances() : v.covariance()),
                Map.of("samples", Integer.toString(w.count), "seed", Long.toString(seed)));
    }

    /** @param rows [N,width] */
    private void add(double[] rows) {
        int added = rows.length / width;
        if (origin == null) {
            origin = new double[width];
            for (int i = 0; i < rows.length; i++) {
                origin[i % width] += rows[i] / added;
            }
        }
        DMatrixRMaj centred = new DMatrixRMaj(added, width);
        for (int i = 0; i < rows.length; i++) {
            centred.data[i] = rows[i] - origin[i % width];
        }
        CommonOps_DDRM.addEquals(sums, CommonOps_DDRM.sumCols(centred, null));
        DMatrixRMaj product = new DMatrixRMaj(width, width);
        CommonOps_DDRM.multInner(centred, product);
        CommonOps_DDRM.addEquals(products, product);
        count += added;
    }

    private Tensor mean() {
        float[] mean = new float[width];
        for (int i = 0; i < width; i++) {
            mean[i] = (float) (origin[i] + sums.data[i] / count);
        }
        return Tensor.of(Shape.of(width), mean);
    }

    private double covariance(int i, int j) {
        return (products.get(i, j) - sums.data[i] * sums.data[j] / count) / (count - 1);
    }

    /**
     * Only the diagonal of the covariance. Latent vectors of BigGAN have independent entries, and embeddings of fewer classes than
     * entries lie in a plane, out of which the full covariance would allow no step.
     */
    private Tensor variances() {
        double[] covariance = new double[width * width];
        for (int i = 0; i < width; i++) {
            covariance[i * width + i] = covariance(i, i);
        }
        return Tensor.of(Shape.of(width, width), covariance);
    }

    private Tensor covariance() {
        double[] covariance = new double[width * width];
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] = covariance(i / width, i % width);
        }
        return Tensor.of(Shape.of(width, width), covariance);
    }

    /** Root of the mean squared distance from the mean. */
    private double distance() {
        double variance = 0;
        for (int i = 0; i < width; i++) {
            variance += covariance(i, i);
        }
        return Math.sqrt(variance);
    }
}
