package org.saminversion.inversion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.method.MapSource;
import org.saminversion.inversion.segment.BundleSegmenter;
import org.saminversion.inversion.space.LatentSpace;

/** Makes the maps of a bundle's photographs: predicted where the bundle has a network for it, measured otherwise or on demand. */
final class InvertibilityMaps implements AutoCloseable {
    private final ModelBundle bundle;
    private final EngineInputs inputs;
    private final EnginePrograms programs;
    private final PredictedErrors predicted;
    private final BundleSegmenter segmenter;

    InvertibilityMaps(
            ModelBundle bundle,
            EngineInputs inputs,
            EnginePrograms programs,
            PredictedErrors predicted,
            BundleSegmenter segmenter) {
        this.bundle = bundle;
        this.inputs = inputs;
        this.programs = programs;
        this.predicted = predicted;
        this.segmenter = segmenter;
    }

    /** Measured maps share one program. */
    List<InvertibilityMap> of(List<RgbImage> photographs, InversionSettings settings, ProgressListener progress) {
        List<RgbImage> targets = photographs.stream().map(this::target).toList();
        List<InvertibilityMap> maps = new ArrayList<>();
        if (predicts(settings)) {
            for (RgbImage target : targets) {
                maps.add(predicted(target));
                progress.progressed(maps.size(), targets.size(), Double.NaN);
            }
            return maps;
        }
        List<SortedMap<LatentSpace, float[]>> errors =
                measured().of(targets.stream().map(ImageTensors::toTensor).toList(), settings.seed(), progress);
        for (int i = 0; i < targets.size(); i++) {
            maps.add(map(targets.get(i), errors.get(i)));
        }
        return maps;
    }

    MapRun start(RgbImage photograph, InversionSettings settings) {
        RgbImage target = target(photograph);
        return predicts(settings)
                ? new PredictedMapRun(() -> predicted(target))
                : new MeasuredMapRun(measured().start(targets(target), settings.seed()), target, segmenter);
    }

    MapRun resume(RgbImage photograph, InversionSettings settings, byte[] checkpoint) {
        RgbImage target = target(photograph);
        return predicts(settings)
                ? new PredictedMapRun(() -> predicted(target))
                : new MeasuredMapRun(
                        measured().resume(ImageTensors.toTensor(target), settings.seed(), checkpoint),
                        target,
                        segmenter);
    }

    private boolean predicts(InversionSettings settings) {
        return predicted.isPossible() && MapSource.of(settings.chosen()) == MapSource.PREDICTED;
    }

    private InvertibilityMap predicted(RgbImage target) {
        return map(target, predicted.of(target));
    }

    SortedMap<LatentSpace, float[]> predictedErrors(RgbImage photograph) {
        return predicted.of(target(photograph));
    }

    SortedMap<LatentSpace, float[]> meanErrors() {
        return predicted.means();
    }

    private InvertibilityMap map(RgbImage target, SortedMap<LatentSpace, float[]> errors) {
        return new InvertibilityMap(target.width(), target.height(), segmenter.segment(target), errors);
    }

    private MeasuredErrors measured() {
        return new MeasuredErrors(programs, inputs, bundle.description().candidates(), MeasuredErrors.STEPS);
    }

    /** Cuts a photograph into segments as the bundle says. @return [height*width] labels of the layout's target */
    int[] segments(RgbImage photograph) {
        return segmenter.segment(target(photograph));
    }

    private static List<Tensor> targets(RgbImage target) {
        return List.of(ImageTensors.toTensor(target));
    }

    private RgbImage target(RgbImage photograph) {
        return bundle.description().layout().target(photograph);
    }

    @Override
    public void close() {
        predicted.close();
        segmenter.close();
    }
}
