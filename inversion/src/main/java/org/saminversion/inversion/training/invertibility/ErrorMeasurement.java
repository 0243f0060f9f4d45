package org.saminversion.inversion.training.invertibility;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.ProgressListener;
import org.saminversion.inversion.engine.SamEngine;
import org.saminversion.inversion.engine.TrialSteps;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.NamedPicture;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.method.MapSource;
import org.saminversion.inversion.method.MethodSettings;
import org.saminversion.inversion.space.LatentSpace;

/**
 * The first step of learning invertibility: every picture is inverted whole in each candidate space, and its errors are kept.
 *
 * <p>The errors in W+ decide most about a map, and cost least: the feature spaces may be left out for most pictures.
 *
 * <p>Pictures that have errors already are passed over, so a run that was stopped goes on where it was. A picture's errors do not
 * depend on the others. Pictures that cannot be read are listed and passed over.
 */
public final class ErrorMeasurement {
    private final ImageLayout layout;
    private final Inversions inversions;
    private final ErrorMaps maps;
    private final int featuresEvery;
    private final int atOnce;

    /** Finds the errors of a picture. Called by several threads. */
    @FunctionalInterface
    public interface Inversions {
        /**
         * @param target at the size of the bundle's layout
         * @param features whether feature spaces are wanted too, or only W+
         * @param progress may throw, to stop
         * @return [height*width] per space
         */
        SortedMap<LatentSpace, float[]> errors(RgbImage target, boolean features, ProgressListener progress);
    }

    /** Those that a network learns from. @param engine best with one thread per program, since several pictures are inverted at once */
    public static Inversions trials(SamEngine engine, TrialSteps steps) {
        return (target, features, progress) -> engine.tryCandidates(
                        List.of(target), features ? steps : steps.withoutFeatures(), 0, progress)
                .get(0);
    }

    /** Those of measured maps, which a network is judged by. @param engine as above */
    public static Inversions measuredMaps(SamEngine engine) {
        MethodSettings measured = new MethodSettings(Map.of(MapSource.NAME, 1.0));
        InversionSettings settings = new InversionSettings("sam", 0, 1, 0, measured);
        return (target, features, progress) ->
                engine.measureInvertibility(target, settings, progress).errors();
    }

    /**
     * What came of it.
     *
     * @param measured pictures that were inverted now
     * @param kept pictures that had errors already
     * @param unreadable what was wrong with each of the others, beginning with its label
     */
    public record Outcome(int measured, int kept, List<String> unreadable) {
        public Outcome {
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * @param layout of the bundle
     * @param featuresEvery the first of so many pictures is inverted into the feature spaces too; 1 for all
     * @param atOnce pictures that are inverted at the same time, at least 1
     */
    public ErrorMeasurement(ImageLayout layout, Inversions inversions, ErrorMaps maps, int featuresEvery, int atOnce) {
        this.layout = layout;
        this.inversions = inversions;
        this.maps = maps;
        this.featuresEvery = featuresEvery;
        this.atOnce = atOnce;
    }

    /**
     * @param pictures in the order in which they are taken
     * @param progress hears of pictures, not of steps
     * @throws JobFailure if an inversion fails or the disk is full; what was measured before stays
     */
    public Outcome run(List<NamedPicture> pictures, ProgressListener progress) {
        Run run = new Run(pictures, progress);
        ExecutorService workers = Executors.newFixedThreadPool(atOnce, task -> new Thread(task, "error-measurement"));
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                futures.add(workers.submit(run::work));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new JobFailure.Bug("measuring errors failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure.Cancelled("measuring errors was interrupted");
        } finally {
            workers.shutdownNow();
        }
        return run.outcome();
    }

    /** @param number from 0, in the order of the pictures */
    private record Task(int number, NamedPicture picture) {}

    /** What the threads share, guarded by this. */
    private final class Run {
        private final Iterator<NamedPicture> waiting;
        private final int total;
        private int begun;
        private final ProgressListener progress;
        private final List<String> unreadable = new ArrayList<>();
        private int measured;
        private int kept;
        /** The first one; the other threads stop because of it. */
        private Optional<RuntimeException> failure = Optional.empty();

        Run(List<NamedPicture> pictures, ProgressListener progress) {
            this.waiting = pictures.iterator();
            this.total = pictures.size();
            this.progress = progress;
        }

        void work() {
            try {
                measureAll();
            } catch (RuntimeException thrown) {
                fail(thrown);
            }
        }

        private synchronized void fail(RuntimeException thrown) {
            failure = failure.or(() -> Optional.of(thrown));
        }

        private void measureAll() {
            for (Optional<Task> next = next(); next.isPresent(); next = next()) {
                boolean features = next.get().number() % featuresEvery == 0;
                Optional<RgbImage> target = read(next.get().picture()).map(layout::target);
                target.ifPresent(picture -> count(measure(picture, features)));
            }
        }

        /** @return whether there was something to measure */
        private boolean measure(RgbImage target, boolean features) {
            if (maps.has(target, features)) {
                return false;
            }
            maps.keep(target, inversions.errors(target, features, this::stopIfOver));
            return true;
        }

        private void stopIfOver(int done, int all, double loss) {
            if (isOver()) {
                throw new JobFailure.Cancelled("measuring errors was stopped");
            }
        }

        private synchronized boolean isOver() {
            return failure.isPresent() || Thread.currentThread().isInterrupted();
        }

        private synchronized Optional<Task> next() {
            return waiting.hasNext() && !isOver() ? Optional.of(new Task(begun++, waiting.next())) : Optional.empty();
        }

        private Optional<RgbImage> read(NamedPicture picture) {
            try {
                return Optional.of(picture.source().get());
            } catch (JobFailure.Rejected rejected) {
                complain(picture.label(), rejected.getMessage());
                return Optional.empty();
            }
        }

        private synchronized void complain(String label, String message) {
            unreadable.add(message.startsWith(label) ? message : label + ": " + message);
            tell();
        }

        private synchronized void count(boolean wasMeasured) {
            if (wasMeasured) {
                measured++;
            } else {
                kept++;
            }
            tell();
        }

        private void tell() {
            progress.progressed(measured + kept + unreadable.size(), total, Double.NaN);
        }

        synchronized Outcome outcome() {
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            return new Outcome(measured, kept, unreadable);
        }
    }
}
