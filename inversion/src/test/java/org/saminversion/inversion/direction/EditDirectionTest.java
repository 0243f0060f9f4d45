package org.saminversion.inversion.direction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.space.LayerRange;

class EditDirectionTest {
    /** Three styles of two numbers; the direction moves the last two along the first axis, by 2 per unit. */
    private static final Tensor OFFSETS = Tensor.of(Shape.of(1, 3, 2), 0f, 0, 2, 0, 2, 0);

    private static final Tensor MEAN = Tensor.of(Shape.of(2), 10f, 5);

    /** In units of the direction the styles lie at 3, 1 and -1. */
    private static final float[] START = {16, 1, 12, 2, 8, 3};

    @ParameterizedTest
    @CsvSource({
        // Added to what there is.
        "RELATIVE, 4, 20, 16",
        // Both end at 4 units from the mean.
        "CENTRED, 4, 18, 18",
        // The first style would go from 3 to 4: everyone moves by 1.
        "ABSOLUTE, 4, 14, 10",
        // The first style would go from 3 to -4: everyone moves by -7.
        "OPPOSITE, 4, -2, -6"
    })
    void aStrengthMeansWhatItsConventionSays(Convention convention, double strength, float second, float third) {
        float[] wplus = START.clone();
        direction(convention).move(wplus, strength, LayerRange.all(3));
        assertArrayEquals(new float[] {16, 1, second, 2, third, 3}, wplus, 1e-5f);
    }

    @Test
    void onlyTheWantedStylesMove() {
        float[] wplus = START.clone();
        direction(Convention.RELATIVE).move(wplus, -1, new LayerRange(2, 3));
        assertArrayEquals(new float[] {16, 1, 12, 2, 6, 3}, wplus, 1e-5f);
    }

    @Test
    void conventionsHaveNames() {
        assertThrows(IllegalArgumentException.class, () -> Convention.parse("sideways"));
    }

    private static EditDirection direction(Convention convention) {
        return new EditDirection("wide", OFFSETS, -2, 2, convention, MEAN);
    }
}
