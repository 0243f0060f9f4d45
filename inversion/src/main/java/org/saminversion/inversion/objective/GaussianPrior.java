package org.saminversion.inversion.objective;

import org.saminversion.graph.ElementType;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/**
 * The multivariate Gaussian prior on style vectors (paper equation 6, first term; spec baselines.md section 4), in float64 as the
 * released code has it.
 *
 * @param mean [w_dim], mean of v
 * @param precision [w_dim,w_dim] float64, inverse covariance of v
 */
public record GaussianPrior(Tensor mean, Tensor precision) {
    private static final float SLOPE = 5;

    /** @param wplus [N,L,w_dim]; @return [N,1,1], the sum over layers of the squared Mahalanobis distance, float32 */
    public Value distance(Graph graph, Value wplus) {
        // LeakyReLU with a slope above 1 is the smaller of the two lines; it undoes the mapping network's last
        // activation.
        Value v = wplus.minimum(wplus.multiply(SLOPE)).cast(ElementType.FLOAT64);
        Value centred = v.subtract(graph.constant("mean of v", mean).cast(ElementType.FLOAT64));
        Value weighted = centred.matrixProduct(graph.constant("precision of v", precision));
        return weighted.multiply(centred).sum(1, 2).cast(ElementType.FLOAT32);
    }
}
