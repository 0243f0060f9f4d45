package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.space.LatentSpace;

/**
 * The checkpoint of one photograph that is inverted into every candidate space. Of each inversion it holds W+ and the delta of its
 * own space only: the other deltas are masked out, so they and their moments are zero from the first step to the last.
 *
 * @param start values of all variables before the first step, [1,...] each
 */
record MeasuringCheckpoint(List<LatentSpace> candidates, Map<String, Tensor> start, int steps) {
    /** @param state of one photograph in all spaces */
    byte[] write(OptimisationState state) {
        return Checkpoint.write(new OptimisationState(
                own(state.values()), own(state.firstMoments()), own(state.secondMoments()), state.step()));
    }

    /** @throws org.saminversion.inversion.failure.JobFailure.Rejected if it belongs to another bundle */
    OptimisationState read(byte[] checkpoint) {
        Map<String, Tensor> wanted = new LinkedHashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            for (String name : start.keySet()) {
                if (isOwn(name, i)) {
                    wanted.put(i + "/" + name, start.get(name));
                }
            }
        }
        OptimisationState read = Checkpoint.read(checkpoint, wanted, steps);
        return new OptimisationState(
                whole(read.values()), whole(read.firstMoments()), whole(read.secondMoments()), read.step());
    }

    private Map<String, Tensor> own(Map<String, Tensor> batches) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        batches.forEach((name, batch) -> {
            for (int i = 0; i < candidates.size(); i++) {
                if (isOwn(name, i)) {
                    own.put(i + "/" + name, TensorBatch.item(batch, i));
                }
            }
        });
        return own;
    }

    private Map<String, Tensor> whole(Map<String, Tensor> own) {
        Map<String, Tensor> batches = new LinkedHashMap<>();
        start.forEach((name, like) -> {
            Tensor zeros = Tensor.of(like.shape(), new float[like.shape().elements()]);
            List<Tensor> items = new ArrayList<>();
            for (int i = 0; i < candidates.size(); i++) {
                items.add(own.getOrDefault(i + "/" + name, zeros));
            }
            batches.put(name, TensorBatch.of(items));
        });
        return batches;
    }

    private boolean isOwn(String variable, int candidate) {
        LatentSpace space = candidates.get(candidate);
        return variable.equals(InversionGraph.WPLUS)
                || space.isFeatureSpace() && variable.equals(InversionGraph.delta(space));
    }
}
