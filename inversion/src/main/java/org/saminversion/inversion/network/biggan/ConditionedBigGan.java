package org.saminversion.inversion.network.biggan;

import java.util.ArrayList;
import java.util.List;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.BlockHook;
import org.saminversion.inversion.network.ImageGenerator;

/** BigGAN-deep with a code of its own for each layer, as {@link BigGanWeights} describes them. */
final class ConditionedBigGan implements ImageGenerator {
    /** Latent vectors are drawn from a normal distribution that is cut off here, times the truncation. */
    private static final double BOUND = 2;

    private static final int START_SIDE = 4;

    private final BigGanDeep network;
    private final double truncation;

    ConditionedBigGan(BigGanDeep network, double truncation) {
        this.network = network;
        this.truncation = truncation;
    }

    @Override
    public Value synthesis(Value wplus, BlockHook hook) {
        List<Value> conditions = new ArrayList<>();
        for (int row = 0; row < network.conditions(); row++) {
            conditions.add(condition(wplus, row));
        }
        int[] side = {START_SIDE};
        return network.image(conditions, (layer, features) -> {
            int now = features.shape().size(2);
            if (now == side[0]) {
                return features;
            }
            side[0] = now;
            // There is no colour between the blocks of this generator.
            Value colour = features.graph().constant("no colour yet", Tensor.zeros(Shape.of(1, 3, now, now)));
            return hook.after(now, new BlockHook.BlockOutput(features, colour)).features();
        });
    }

    private Value condition(Value wplus, int row) {
        int batch = wplus.shape().size(0);
        int width = wplus.shape().size(2);
        Value code = wplus.slice(1, row, row + 1).reshape(batch, width);
        float bound = (float) (BOUND * truncation);
        Value z = code.slice(1, 0, network.zDimension()).returningClip(-bound, bound);
        Value embedding = code.slice(1, network.zDimension(), width).multiply(BigGanWeights.EMBEDDING_UNIT);
        return network.condition(z, embedding);
    }
}
