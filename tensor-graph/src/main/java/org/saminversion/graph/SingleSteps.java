package org.saminversion.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Steps one by one: on the CPU nothing has to be copied between two of them. A {@code Loop} would hold the state four times over, as it
 * was given, as it will be returned, and before and after an iteration; here a step writes its results where they are returned, and
 * the next one reads them there.
 */
final class SingleSteps implements StepRuns {
    /** What does not change from step to step, and what it was made from: callers come back with the same data. */
    private record Prepared(Map<String, Tensor> from, Map<String, Tensor> values) {}

    private final StepTypes types;
    private final Set<String> givenBefore;
    private final Map<String, ValueType> prepared;
    private final Set<String> given;
    /** See {@link StateInPlace}. */
    private final Set<String> inPlace;

    private final Optional<Session> before;
    private final Session session;
    private final AtomicReference<Prepared> last = new AtomicReference<>(new Prepared(Map.of(), Map.of()));

    SingleSteps(StepGraph step, RuntimeOptions options) {
        StepModels models = new StepModels(step);
        this.types = step.types();
        this.givenBefore = models.givenBefore();
        this.prepared = models.prepared();
        this.given = models.given();
        this.inPlace = StateInPlace.names(step);
        this.before = models.before().map(model -> new Session(model, options));
        this.session = new Session(models.step(), options);
    }

    @Override
    public Results run(Map<String, Tensor> state, Map<String, Tensor> fixed, Map<String, Tensor> perStep, int steps) {
        Map<String, Tensor> same = new LinkedHashMap<>(prepared(fixed));
        given.forEach(name -> same.put(name, fixed.get(name)));
        Map<String, Tensor> evenNext = session.room(types.state());
        Map<String, Tensor> oddNext = new LinkedHashMap<>(evenNext);
        if (steps > 1) {
            Map<String, ValueType> apart = new LinkedHashMap<>(types.state());
            apart.keySet().removeAll(inPlace);
            oddNext.putAll(session.room(apart));
        }
        Tensor reports = Tensor.zeros(Shape.of(steps, types.reported()));
        Map<String, Tensor> now = state;
        for (int i = 0; i < steps; i++) {
            Map<String, Tensor> next = i % 2 == 0 ? evenNext : oddNext;
            performStep(i, now, same, perStep, next, reports);
            now = next;
        }
        return new Results(now, reports);
    }

    private void performStep(
            int index,
            Map<String, Tensor> now,
            Map<String, Tensor> same,
            Map<String, Tensor> perStep,
            Map<String, Tensor> next,
            Tensor reports) {
        Map<String, Tensor> inputs = new LinkedHashMap<>(same);
        inputs.putAll(now);
        perStep.forEach((name, all) -> inputs.put(name, all.part(index)));
        Map<String, Tensor> results = new LinkedHashMap<>();
        next.forEach((name, tensor) -> results.put(LoopModel.NEXT + name, tensor));
        results.put(LoopModel.REPORTS, reports.part(index));
        session.runInto(inputs, results);
    }

    private Map<String, Tensor> prepared(Map<String, Tensor> fixed) {
        if (before.isEmpty()) {
            return Map.of();
        }
        Map<String, Tensor> from = new LinkedHashMap<>();
        givenBefore.forEach(name -> from.put(name, fixed.get(name)));
        Prepared known = last.get();
        if (!known.from().equals(from)) {
            known = new Prepared(from, before.get().runSeldom(from, prepared));
            last.set(known);
        }
        return known.values();
    }

    @Override
    public void close() {
        before.ifPresent(Session::close);
        session.close();
    }
}
