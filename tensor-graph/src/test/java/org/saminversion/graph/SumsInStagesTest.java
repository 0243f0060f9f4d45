package org.saminversion.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SumsInStagesTest {
    private static String rewritten(Value value) {
        GraphRewrite staged = new GraphRewrite(value.graph(), List.of(value), new SumsInStages());
        return staged.graph().print(staged.at(value));
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
    void smallValuesSingleAxesAndMeansStay() {
        Graph graph = new Graph();
        Value small = graph.input("small", 3, 16, 16);
        Value large = graph.input("large", 3, 512, 512);
        for (Value stays : List.of(small.sum(1, 2), large.sum(1), large.mean(1, 2), large.maximumOver(1, 2))) {
            assertEquals(graph.print(stays), rewritten(stays));
        }
    }
}
