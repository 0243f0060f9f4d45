package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FastSumsTest {
    private static String rewritten(Value value) {
        GraphRewrite fast = new GraphRewrite(value.graph(), List.of(value), new FastSums());
        return fast.graph().print(fast.at(value));
    }

    @Test
    void aLargeValueIsSummedOverItsLastAxisFirst() {
        Graph graph = new Graph();
        assertEquals("""
                %0 = Input x() : float32[2,3,256,512]
                %1 = ReduceSum[3](%0) : float32[2,3,256,1]
                %2 = ReduceSum[0, 2](%1) : float32[1,3,1,1]
                """, rewritten(graph.input("x", 2, 3, 256, 512).sum(0, 2, 3)));
    }

    @Test
    void channelsAreSummedByAMatrixProductThatHoldsTheirWeights() {
        Graph graph = new Graph();
        Value weights = graph.constant("weights", Tensor.filled(Shape.of(1, 3, 1, 1), 0.5f));
        assertEquals(
                """
                %0 = Input x() : float32[2,3,8,9]
                %1 = Constant weights() : float32[1,3,1,1]
                %2 = Reshape[to=[1,3]](%1) : float32[1,3]
                %3 = Reshape[to=[2,3,72]](%0) : float32[2,3,72]
                %4 = MatrixProduct[](%2, %3) : float32[2,1,72]
                %5 = Reshape[to=[2,1,8,9]](%4) : float32[2,1,8,9]
                """, rewritten(graph.input("x", 2, 3, 8, 9).multiply(weights).sum(1)));
    }

    @Test
    void whatDoesNotChangeAlongTheSumMultipliesTheSum() {
        Graph graph = new Graph();
        Value x = graph.input("x", 3, 16);
        Value factor = graph.input("factor", 3, 1);
        Value divisor = graph.input("divisor", 1);
        assertEquals("""
                %0 = Input x() : float32[3,16]
                %1 = Input factor() : float32[3,1]
                %2 = Input divisor() : float32[1]
                %3 = ReduceSum[1](%0) : float32[3,1]
                %4 = Mul(%3, %1) : float32[3,1]
                %5 = Div(%4, %2) : float32[3,1]
                %6 = Neg(%5) : float32[3,1]
                """, rewritten(x.multiply(factor).divide(divisor).negate().sum(1)));
    }

    @Test
    void factorsThatChangeAlongTheSumSmallSumsMeansAndMaximaStay() {
        Graph graph = new Graph();
        Value small = graph.input("small", 3, 16, 16);
        Value large = graph.input("large", 3, 512, 512);
        Value row = graph.input("row", 1, 16, 1);
        for (Value stays :
                List.of(small.multiply(row).sum(1, 2), large.sum(1), large.mean(1, 2), large.maximumOver(1, 2))) {
            assertEquals(graph.print(stays), rewritten(stays));
        }
    }
}
