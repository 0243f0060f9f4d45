package org.saminversion.inversion.method;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.graph.Adam;
import org.saminversion.graph.LearningRateSchedule;
import org.saminversion.graph.OptimisationPlan;
import org.saminversion.graph.OptimisationState;
import org.saminversion.graph.QuasiNewton;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.graph.VariableGroup;

/**
 * How latents move towards an objective: by Adam, as in the released code, or by quasi-Newton steps.
 *
 * @param schedule Adam's learning rate; for quasi-Newton steps the bound on the root mean square of a move
 * @param memory moves that quasi-Newton steps remember; 0 for Adam
 */
public record Descent(LearningRateSchedule schedule, int memory) {
    private Optional<QuasiNewton> quasiNewton() {
        return memory == 0 ? Optional.empty() : Optional.of(new QuasiNewton(memory, schedule));
    }

    /** Whether each step depends on all variables together, so that variables without influence only cost time. */
    public boolean movesTogether() {
        return memory > 0;
    }

    /** @param variables [N,...] each, by name */
    public OptimisationState start(Map<String, Tensor> variables) {
        return quasiNewton().map(rule -> rule.start(variables)).orElseGet(() -> OptimisationState.start(variables));
    }

    /** @param losses [N]; @param variables names of the graph's inputs, [N,...] each */
    public OptimisationPlan plan(Value losses, List<Value> reports, List<String> variables) {
        return quasiNewton()
                .map(rule -> rule.plan(losses, reports, variables))
                .orElseGet(() ->
                        new OptimisationPlan(losses, reports, new VariableGroup(variables, schedule, Adam.STANDARD)));
    }
}
