package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every program that any test compiles is held against the table, by an assertion in {@link Program} and {@link StepGraph}. */
class CudaKernelsTest {
    private static final CudaKernels KERNELS = CudaKernels.read();

    @Test
    void nothingThatTheCpuWouldHaveToDoIsCompiled() {
        Graph graph = new Graph();
        Value pixels = graph.input("pixels", ElementType.INT32, 1, 4, 2, 2);
        Value gathered = graph.apply(new ShapeOp.SpaceToDepth(2), pixels);

        assertEquals(Set.of("SpaceToDepth of INT32"), KERNELS.missing(graph, graph.needed(List.of(gathered))));
        AssertionError refused = assertThrows(
                AssertionError.class,
                () -> Program.compile(graph, Map.of("gathered", gathered), RuntimeOptions.withThreads(1)));
        assertEquals("[SpaceToDepth of INT32]", refused.getMessage());
    }

    @Test
    void aChoiceIsOfTheTypeOfItsValues() {
        Graph graph = new Graph();
        Value x = graph.input("x", 3);
        Value chosen =
                graph.apply(new MiscellaneousOp.Where(), graph.apply(CompareOp.GREATER, x, x.like(0)), x, x.like(1));

        assertEquals(Set.of(), KERNELS.missing(graph, graph.needed(List.of(chosen))));
    }

    /** What the Loop adds to the operators of its graph: names for values, and the draws of the step. */
    @Test
    void theLoopItselfIsMadeOfKnownOperators() {
        Graph graph = new Graph();
        Value x = graph.input("x", 2);
        Value loss = x.subtract(graph.input("draw", 2)).square().sum();
        VariableGroup group = new VariableGroup(List.of("x"), LearningRateSchedule.ramp(0.1), Adam.STANDARD);
        LoopModel model = new LoopModel(
                new StepGraph(graph, new OptimisationPlan(loss, List.of(loss), List.of(group), Set.of("draw"))));
        Set<String> operators = new TreeSet<>();
        addOperators(model.write().proto().getGraph(), operators);

        assertTrue(operators.containsAll(Set.of("Loop", "Identity", "Gather", "Sub", "Cos")), operators.toString());
        operators.forEach(operator -> assertTrue(KERNELS.has(operator, ElementType.FLOAT32), operator));
        assertFalse(KERNELS.has("MaxUnpool", ElementType.FLOAT32));
    }

    private static void addOperators(GraphProto graph, Set<String> operators) {
        for (NodeProto node : graph.getNodeList()) {
            operators.add(node.getOpType());
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    addOperators(attribute.getG(), operators);
                }
            }
        }
    }
}
