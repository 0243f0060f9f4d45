package org.saminversion.inversion.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.space.LayerRange;

class TextDirectionTest {
    private static final LayerRange ALL = LayerRange.all(4);
    private static final double[] CHANGE = {0.6, 0.8};

    /** Two convolutions of two channels; the products with the change are 0.6, -0.8, 0.96 and 0. */
    private static final ChannelEffects EFFECTS = new ChannelEffects(
            Tensor.of(Shape.of(2, 2, 2), 1f, 0, 0, -1, 0.8f, 0.6f, 0, 0),
            Tensor.of(Shape.of(2, 2), 3f, 5, 0.5f, 7),
            Map.of());

    @Test
    void channelsMoveAsFarAsTheyDoWhatTheTextSays() {
        TextDirection direction = TextDirection.of(EFFECTS, CHANGE, 0.1, ALL);
        assertEquals(3, direction.channels());
        assertEquals(Shape.of(1, 2, 2), direction.offsets().shape());
        assertArrayEquals(
                new double[] {0.6 / 0.96 * 3, -0.8 / 0.96 * 5, 0.5, 0},
                direction.offsets().toDoubles(),
                1e-6);
    }

    @Test
    void aHigherThresholdLeavesMoreAlone() {
        TextDirection direction = TextDirection.of(EFFECTS, CHANGE, 0.7, ALL);
        assertArrayEquals(
                new double[] {0, -0.8 / 0.96 * 5, 0.5, 0}, direction.offsets().toDoubles(), 1e-6);
        assertTrue(assertThrows(JobFailure.Rejected.class, () -> TextDirection.of(EFFECTS, CHANGE, 0.97, ALL))
                .getMessage()
                .contains("0.960"));
    }

    @Test
    void onlyChannelsOfTheLayersMove() {
        TextDirection direction = TextDirection.of(EFFECTS, CHANGE, 0.1, new LayerRange(0, 1));
        assertArrayEquals(
                new double[] {0.6 / 0.8 * 3, -5, 0, 0}, direction.offsets().toDoubles(), 1e-6);
    }

    @Test
    void effectsOfAnotherClipAreRefused() {
        assertThrows(JobFailure.Rejected.class, () -> TextDirection.of(EFFECTS, new double[] {1, 0, 0}, 0.1, ALL));
    }
}
