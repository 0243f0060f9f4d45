package org.saminversion.graph;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which parts of the state may have their next value written over the present one: those that nothing reads any more when the next
 * value is written, in whatever order a step is computed.
 */
final class StateInPlace {
    private final StepGraph step;
    private final Graph graph;

    private StateInPlace(StepGraph step) {
        this.step = step;
        this.graph = step.graph();
    }

    /** Their names, out of {@link StepGraph#state()}. */
    static Set<String> names(StepGraph step) {
        StateInPlace all = new StateInPlace(step);
        return step.state().keySet().stream()
                .filter(name -> all.isReadBeforeWritten(
                        step.state().get(name), step.next().get(name)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isReadBeforeWritten(Value now, Value next) {
        boolean[] sharing = sharing(now);
        if (step.results().stream().anyMatch(result -> sharing[result.id()])) {
            return false;
        }
        boolean[] earlier = graph.needed(List.of(next));
        for (int id = 0; id < graph.size(); id++) {
            List<Integer> inputs = graph.node(id).inputs();
            boolean reads = step.parts().body()[id] && inputs.stream().anyMatch(input -> sharing[input]);
            boolean safe = id == next.id() ? overwrites(next, now, sharing) : earlier[id];
            if (reads && !safe) {
                return false;
            }
        }
        return true;
    }

    /** For each node, whether its result may be a view of this value; ONNX Runtime moves no elements where it need not. */
    private boolean[] sharing(Value now) {
        boolean[] sharing = new boolean[graph.size()];
        sharing[now.id()] = true;
        for (int id = now.id() + 1; id < graph.size(); id++) {
            Op op = graph.node(id).op();
            sharing[id] = (op instanceof ShapeOp || op == UnaryOp.Function.DETACH)
                    && graph.node(id).inputs().stream().anyMatch(input -> sharing[input]);
        }
        return sharing;
    }

    /** Whether an operator reads of a value only the element that it writes next, and no view of it. */
    private boolean overwrites(Value writer, Value now, boolean[] sharing) {
        Op op = writer.node().op();
        List<Integer> inputs = writer.node().inputs();
        if (op instanceof MiscellaneousOp.WithRows) {
            return inputs.get(0) == now.id() && inputs.stream().skip(1).noneMatch(input -> sharing[input]);
        }
        return (op instanceof BinaryOp || op instanceof UnaryOp)
                && writer.shape().equals(now.shape())
                && inputs.stream().allMatch(input -> input == now.id() || !sharing[input]);
    }
}
