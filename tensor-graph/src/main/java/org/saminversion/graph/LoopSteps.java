package org.saminversion.graph;

import java.util.LinkedHashMap;
import java.util.Map;

/** Steps as the iterations of a {@code Loop} inside of ONNX Runtime: the state stays on a device that has memory of its own. */
final class LoopSteps implements StepRuns {
    private final StepTypes types;
    private final Session session;

    LoopSteps(StepGraph step, RuntimeOptions options) {
        this.types = step.types();
        this.session = new Session(new LoopModel(step).write(), options);
    }

    @Override
    public Results run(Map<String, Tensor> state, Map<String, Tensor> fixed, Map<String, Tensor> perStep, int steps) {
        Map<String, Tensor> inputs = new LinkedHashMap<>(state);
        inputs.putAll(fixed);
        inputs.putAll(perStep);
        inputs.put(LoopModel.ITERATIONS, Tensor.of(Shape.SCALAR, (long) steps));
        Map<String, ValueType> outputs = new LinkedHashMap<>();
        types.state().forEach((name, type) -> outputs.put(LoopModel.NEXT + name, type));
        outputs.put(LoopModel.REPORTS, ValueType.float32(steps, types.reported()));
        Map<String, Tensor> results = session.run(inputs, outputs);
        Map<String, Tensor> next = new LinkedHashMap<>();
        types.state().keySet().forEach(name -> next.put(name, results.get(LoopModel.NEXT + name)));
        return new Results(next, results.get(LoopModel.REPORTS));
    }

    @Override
    public void close() {
        session.close();
    }
}
