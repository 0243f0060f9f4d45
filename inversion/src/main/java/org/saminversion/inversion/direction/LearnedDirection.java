package org.saminversion.inversion.direction;

import java.util.ArrayList;
import java.util.List;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;

/**
 * A direction learned from labelled photographs, after InterFaceGAN: a linear classifier of their style vectors.
 *
 * <p>The classifier sees the vectors along the principal components of W, each in standard deviations, so that its penalty treats
 * all alike. Its score rises fastest along the normal of its plane; but W hardly varies along much of that normal, where few
 * hundred photographs say little. The direction taken is the covariance times the normal: how W changes on average when the
 * score rises, which is also the difference of the two classes' means if both are Gaussian.
 *
 * @param direction [1,w_dim], one standard deviation of W towards the label
 * @param accuracy of classifiers that were fitted without the photographs that they are asked about, in [0,1]
 * @param photographs how many there were
 */
public record LearnedDirection(Tensor direction, double accuracy, int photographs) {
    private static final int FOLDS = 5;
    private static final int OF_EACH_LABEL_MIN = 5;
    private static final double RIDGE = 0.05;

    /**
     * @param styles one vector [w_dim] for each photograph
     * @param labels whether it has what the direction is to bring
     * @param mean of W
     * @param covariance of W, [w_dim,w_dim]
     * @throws JobFailure.Rejected of kind {@code labels-too-few} if one of the labels hardly occurs
     */
    public static LearnedDirection of(List<double[]> styles, boolean[] labels, double[] mean, Tensor covariance) {
        requireBoth(labels);
        PrincipalComponents components = PrincipalComponents.ofCovariance(covariance);
        double[][] samples =
                styles.stream().map(style -> whitened(style, mean, components)).toArray(double[][]::new);
        double[] weights = LinearClassifier.fitted(samples, labels, RIDGE).weights();
        // In whitened coordinates covariance times normal is the weights themselves.
        double[] direction = new double[mean.length];
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < direction.length; i++) {
                direction[i] += weights[k]
                        * components.standardDeviations()[k]
                        * components.vectors()[k][i];
            }
        }
        return new LearnedDirection(
                StyleSpread.of(covariance).oneDeviation(direction), crossValidated(samples, labels), labels.length);
    }

    private static void requireBoth(boolean[] labels) {
        int with = 0;
        for (boolean label : labels) {
            with += label ? 1 : 0;
        }
        if (Math.min(with, labels.length - with) < OF_EACH_LABEL_MIN) {
            throw new JobFailure.Rejected(
                    "labels-too-few",
                    "a direction is learned from " + OF_EACH_LABEL_MIN
                            + " photographs of each label at least, not from " + with + " with 1 and "
                            + (labels.length - with) + " with 0; some hundred are better");
        }
    }

    private static double[] whitened(double[] style, double[] mean, PrincipalComponents components) {
        double[] out = new double[mean.length];
        for (int k = 0; k < out.length; k++) {
            double product = 0;
            for (int i = 0; i < mean.length; i++) {
                product += (style[i] - mean[i]) * components.vectors()[k][i];
            }
            double deviation = components.standardDeviations()[k];
            out[k] = deviation > 0 ? product / deviation : 0;
        }
        return out;
    }

    private static double crossValidated(double[][] samples, boolean[] labels) {
        double right = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Integer> in = new ArrayList<>();
            List<Integer> out = new ArrayList<>();
            for (int n = 0; n < labels.length; n++) {
                (n % FOLDS == fold ? out : in).add(n);
            }
            LinearClassifier classifier = LinearClassifier.fitted(chosen(samples, in), chosen(labels, in), RIDGE);
            right += classifier.accuracy(chosen(samples, out), chosen(labels, out)) * out.size();
        }
        return right / labels.length;
    }

    private static double[][] chosen(double[][] samples, List<Integer> indices) {
        return indices.stream().map(n -> samples[n]).toArray(double[][]::new);
    }

    private static boolean[] chosen(boolean[] labels, List<Integer> indices) {
        boolean[] out = new boolean[indices.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = labels[indices.get(i)];
        }
        return out;
    }
}
