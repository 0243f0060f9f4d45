package org.saminversion.inversion.objective;

import java.util.List;
import java.util.Map;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.Lpips;

/**
 * The paper's full objective for one or several images (equations 5 to 8; spec baselines.md section 7).
 *
 * @param total [N], the weighted sum of the terms
 * @param mse [N]
 * @param lpips [N]
 * @param gaussianPrior [N]
 * @param styleSpread [N]
 * @param featureNorm [N]
 */
public record Objective(
        Value total, Value mse, Value lpips, Value gaussianPrior, Value styleSpread, Value featureNorm) {
    /** Keeps the gradient of a norm finite where all style vectors are equal, as at the start from the mean. */
    private static final float SQUARED_NORM_MIN = 1e-24f;

    /**
     * @param image [N,3,H,W] the generated image as the loss sees it, already clamped to [-1,1]
     * @param target [N,3,H,W] in [-1,1]
     * @param wplus [N,L,w_dim]
     * @param deltas feature deltas [N,C,r,r] by name; may be empty
     * @param formulation whether the style spread is a norm or its square
     */
    public static Objective of(
            Graph graph,
            Lpips perceptual,
            GaussianPrior prior,
            LossWeights weights,
            Value image,
            Value target,
            Value wplus,
            Map<?, Value> deltas,
            Formulation formulation) {
        int batch = image.shape().size(0);
        Value mse = image.subtract(target).square().mean(1, 2, 3).reshape(batch);
        Value lpips = perceptual.distance(image, target).reshape(batch);
        Value gaussian = prior.distance(graph, wplus).reshape(batch);
        Value spread = styleSpread(graph, wplus, formulation).reshape(batch);
        Value norm = deltas.values().stream()
                .map(delta -> delta.square().mean(1, 2, 3).reshape(batch))
                .reduce(Value::add)
                .orElseGet(() -> graph.constant(0).expand(mse.shape()));
        Value total = mse.multiply(weights.mse())
                .add(lpips.multiply(weights.lpips()))
                .add(gaussian.multiply(weights.gaussianPrior()))
                .add(spread.multiply(weights.styleSpread()))
                .add(norm.multiply(weights.featureNorm()));
        return new Objective(total, mse, lpips, gaussian, spread, norm);
    }

    /** The sum over layers of the distance to the first style vector. */
    private static Value styleSpread(Graph graph, Value wplus, Formulation formulation) {
        int layers = wplus.shape().size(1);
        Value others = wplus.slice(1, 1, layers);
        Value first = wplus.slice(1, 0, 1);
        Value squared = others.subtract(first).square().sum(2);
        Value distance = switch (formulation) {
            case RELEASED -> squared.maximum(graph.constant(SQUARED_NORM_MIN)).squareRoot();
            case PAPER -> squared;
        };
        return distance.sum(1);
    }

    /** Total and terms, in the order of {@link org.saminversion.inversion.engine.StepLosses}. */
    public List<Value> reports() {
        return List.of(total, mse, lpips, gaussianPrior, styleSpread, featureNorm);
    }
}
