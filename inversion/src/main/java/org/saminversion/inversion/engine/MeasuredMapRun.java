package org.saminversion.inversion.engine;

import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.method.MapSource;
import org.saminversion.inversion.segment.BundleSegmenter;

/** A map of which the errors are measured. @param target the photograph at the generator's layout */
record MeasuredMapRun(MeasuredErrors.Run errors, RgbImage target, BundleSegmenter segmenter) implements MapRun {
    @Override
    public int step() {
        return errors.step();
    }

    @Override
    public int steps() {
        return errors.steps();
    }

    @Override
    public double advance(int stepsMax) {
        return errors.advance(stepsMax);
    }

    @Override
    public byte[] checkpoint() {
        return errors.checkpoint();
    }

    @Override
    public MapSource source() {
        return MapSource.MEASURED;
    }

    @Override
    public InvertibilityMap map() {
        return new InvertibilityMap(
                target.width(),
                target.height(),
                segmenter.segment(target),
                errors.errors().get(0));
    }
}
