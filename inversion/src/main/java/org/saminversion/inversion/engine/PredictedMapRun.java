package org.saminversion.inversion.engine;

import java.util.Optional;
import java.util.function.Supplier;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.method.MapSource;

/** A map that is predicted in one step. */
final class PredictedMapRun implements MapRun {
    private final Supplier<InvertibilityMap> prediction;
    private Optional<InvertibilityMap> map = Optional.empty();

    PredictedMapRun(Supplier<InvertibilityMap> prediction) {
        this.prediction = prediction;
    }

    @Override
    public int step() {
        return map.isPresent() ? 1 : 0;
    }

    @Override
    public int steps() {
        return 1;
    }

    /** @return not a number: nothing is optimised */
    @Override
    public double advance(int stepsMax) {
        map = Optional.of(prediction.get());
        return Double.NaN;
    }

    /** Nothing: a prediction is begun anew in less time than it takes to read one. */
    @Override
    public byte[] checkpoint() {
        return new byte[0];
    }

    @Override
    public MapSource source() {
        return MapSource.PREDICTED;
    }

    @Override
    public InvertibilityMap map() {
        return map.orElseThrow(() -> new IllegalStateException("the map is not predicted yet"));
    }
}
