package org.saminversion.inversion.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;

/** Joins tensors along their first axis, and takes them apart again. */
final class TensorBatch {
    private TensorBatch() {}

    /** @param items at least one, [1,...] each, all of one type; @return [N,...] */
    static Tensor of(List<Tensor> items) {
        Tensor first = items.get(0);
        int bytes = first.shape().elements() * first.type().bytes();
        ByteBuffer all = ByteBuffer.allocateDirect(items.size() * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (Tensor item : items) {
            if (!item.shape().equals(first.shape()) || first.shape().size(0) != 1) {
                throw new IllegalArgumentException("a batch cannot hold " + first + " beside " + item);
            }
            all.put(item.bytes());
        }
        return Tensor.of(first.type(), withItems(first.shape(), items.size()), all.flip());
    }

    /** @param batch [N,...]; @return the item as [1,...] */
    static Tensor item(Tensor batch, int index) {
        Shape one = withItems(batch.shape(), 1);
        int bytes = one.elements() * batch.type().bytes();
        ByteBuffer part = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        part.put(batch.bytes().slice(index * bytes, bytes));
        return Tensor.of(batch.type(), one, part.flip());
    }

    /** @param states at the same step, of one item each */
    static OptimisationState of(Collection<OptimisationState> states) {
        OptimisationState first = states.iterator().next();
        return new OptimisationState(
                joined(states, OptimisationState::values),
                joined(states, OptimisationState::firstMoments),
                joined(states, OptimisationState::secondMoments),
                first.step());
    }

    private static Map<String, Tensor> joined(
            Collection<OptimisationState> states, Function<OptimisationState, Map<String, Tensor>> part) {
        return mapped(
                part.apply(states.iterator().next()),
                (name, tensor) -> of(states.stream()
                        .map(state -> part.apply(state).get(name))
                        .toList()));
    }

    /** The state of one item alone. */
    static OptimisationState item(OptimisationState batch, int index) {
        return new OptimisationState(
                items(batch.values(), index),
                items(batch.firstMoments(), index),
                items(batch.secondMoments(), index),
                batch.step());
    }

    private static Map<String, Tensor> items(Map<String, Tensor> batches, int index) {
        return mapped(batches, (name, tensor) -> item(tensor, index));
    }

    private static Map<String, Tensor> mapped(Map<String, Tensor> tensors, BiFunction<String, Tensor, Tensor> change) {
        Map<String, Tensor> changed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> changed.put(name, change.apply(name, tensor)));
        return changed;
    }

    private static Shape withItems(Shape shape, int items) {
        int[] sizes = shape.toArray();
        sizes[0] = items;
        return Shape.of(sizes);
    }
}
