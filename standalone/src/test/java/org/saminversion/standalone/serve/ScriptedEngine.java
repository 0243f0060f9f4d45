package org.saminversion.standalone.serve;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.engine.BatchRun;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.engine.InversionEngine;
import org.saminversion.inversion.engine.InversionRequest;
import org.saminversion.inversion.engine.InversionRun;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.engine.MapRun;
import org.saminversion.inversion.engine.ProgressListener;
import org.saminversion.inversion.engine.Quality;
import org.saminversion.inversion.engine.StepLosses;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.method.DirectSettings;
import org.saminversion.inversion.method.InversionMethod;
import org.saminversion.inversion.method.MapSource;
import org.saminversion.inversion.method.Optimizer;
import org.saminversion.inversion.method.Start;
import org.saminversion.inversion.objective.LossWeights;
import org.saminversion.inversion.space.LatentSpace;

/**
 * An engine for tests of the service around it: it is as fast as told and fails when told, which the job says by its seed.
 * What it computes is the seed itself, so that results can be told apart.
 */
final class ScriptedEngine implements InversionEngine {
    static final long POISONED = 13;
    static final long TROUBLED_ONCE = 17;
    /** Jobs with this seed and larger ones take 50 ms for each step. */
    static final long SLOW_FROM = 1_000_000;
    /** The map of jobs with this seed and larger ones takes as many steps as the optimisation. */
    static final long LONG_MAP_FROM = 2_000_000;

    private static final int STEP_MS = 50;
    private static final int SIZE = 64;

    private boolean troubled;

    @Override
    public void check(InversionSettings settings) {}

    /** Of the method sam, or of any other as if it were W+. */
    @Override
    public InversionMethod method(InversionSettings settings) {
        DirectSettings usual = new DirectSettings(Optimizer.REFERENCE.descent(), LossWeights.RELEASED);
        return settings.method().equals("sam")
                ? new InversionMethod.SpatiallyAdaptive(Start.MEAN, usual)
                : new InversionMethod.SingleSpace(LatentSpace.W_PLUS, Start.MEAN, usual);
    }

    @Override
    public void check(EditRequest edit) {}

    @Override
    public InvertibilityMap measureInvertibility(
            RgbImage photograph, InversionSettings settings, ProgressListener progress) {
        MeasuredMap run = new MeasuredMap(settings, 0);
        while (run.step() < run.steps()) {
            double loss = run.advance(1);
            progress.progressed(run.step(), run.steps(), loss);
        }
        return run.map();
    }

    @Override
    public MapRun startMap(RgbImage photograph, InversionSettings settings) {
        return new MeasuredMap(settings, 0);
    }

    @Override
    public MapRun resumeMap(RgbImage photograph, InversionSettings settings, byte[] checkpoint) {
        return new MeasuredMap(settings, ByteBuffer.wrap(checkpoint).getInt());
    }

    private static InvertibilityMap halves() {
        float[] right = new float[SIZE * SIZE];
        int[] segments = new int[SIZE * SIZE];
        for (int i = 0; i < right.length; i++) {
            segments[i] = i % SIZE < SIZE / 2 ? 0 : 1;
            right[i] = segments[i];
        }
        TreeMap<LatentSpace, float[]> errors = new TreeMap<>();
        errors.put(LatentSpace.W_PLUS, right);
        errors.put(new LatentSpace(6), new float[SIZE * SIZE]);
        return new InvertibilityMap(SIZE, SIZE, segments, errors);
    }

    @Override
    public InversionRun start(RgbImage photograph, InversionSettings settings, Optional<InvertibilityMap> map) {
        return new Run(settings, 0);
    }

    @Override
    public InversionRun resume(
            RgbImage photograph, InversionSettings settings, Optional<InvertibilityMap> map, byte[] checkpoint) {
        return new Run(settings, ByteBuffer.wrap(checkpoint).getInt());
    }

    @Override
    public List<InvertibilityMap> measureInvertibility(
            List<RgbImage> photographs, InversionSettings settings, ProgressListener progress) {
        return photographs.stream()
                .map(photograph -> measureInvertibility(photograph, settings, progress))
                .toList();
    }

    @Override
    public BatchRun start(List<InversionRequest> requests) {
        throw new UnsupportedOperationException("the service inverts photographs one by one");
    }

    @Override
    public BatchRun resume(List<InversionRequest> requests, List<byte[]> checkpoints) {
        throw new UnsupportedOperationException("the service inverts photographs one by one");
    }

    @Override
    public RgbImage render(Latents latents) {
        return plain((int) latents.wplus().toFloats()[0]);
    }

    @Override
    public RgbImage edit(Latents latents, List<EditRequest> edits) {
        return plain((int) edits.get(0).strength());
    }

    @Override
    public Quality quality(RgbImage photograph, RgbImage rendering) {
        return new Quality(30, 0.05);
    }

    @Override
    public void close() {}

    private static RgbImage plain(int value) {
        byte[] pixels = new byte[3 * SIZE * SIZE];
        Arrays.fill(pixels, (byte) value);
        return new RgbImage(SIZE, SIZE, pixels);
    }

    private static void pause(InversionSettings settings) {
        if (settings.seed() < SLOW_FROM) {
            return;
        }
        try {
            new CountDownLatch(1).await(STEP_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void meetTrouble(InversionSettings settings) {
        if (settings.seed() == POISONED) {
            throw new JobFailure.Poisoned("The loss is not a finite number at step 0.");
        }
        if (settings.seed() == TROUBLED_ONCE && !troubled) {
            troubled = true;
            throw new JobFailure.Transient("The device is busy.", null);
        }
    }

    private static final class MeasuredMap implements MapRun {
        private static final int STEPS = 10;

        private final InversionSettings settings;
        private int step;

        MeasuredMap(InversionSettings settings, int step) {
            this.settings = settings;
            this.step = step;
        }

        @Override
        public int step() {
            return step;
        }

        @Override
        public int steps() {
            return settings.seed() < LONG_MAP_FROM ? STEPS : settings.steps();
        }

        @Override
        public double advance(int stepsMax) {
            for (int end = Math.min(steps(), step + stepsMax); step < end; step++) {
                pause(settings);
            }
            return 1.0 / step;
        }

        @Override
        public byte[] checkpoint() {
            return ByteBuffer.allocate(4).putInt(step).array();
        }

        @Override
        public MapSource source() {
            return MapSource.MEASURED;
        }

        @Override
        public InvertibilityMap map() {
            return halves();
        }
    }

    private final class Run implements InversionRun {
        private final InversionSettings settings;
        private int step;

        Run(InversionSettings settings, int step) {
            this.settings = settings;
            this.step = step;
        }

        @Override
        public int step() {
            return step;
        }

        @Override
        public int steps() {
            return settings.steps();
        }

        @Override
        public List<StepLosses> advance(int stepsMax) {
            meetTrouble(settings);
            List<StepLosses> losses = new ArrayList<>();
            for (int end = Math.min(steps(), step + stepsMax); step < end; step++) {
                pause(settings);
                losses.add(new StepLosses(step, 1.0 / (step + 1), 0.1, 0.2, 0.3, 0.4, 0.5));
            }
            return losses;
        }

        @Override
        public byte[] checkpoint() {
            return ByteBuffer.allocate(4).putInt(step).array();
        }

        @Override
        public Latents latents() {
            return new Latents(
                    Tensor.of(Shape.of(1, 1, 1), (float) settings.seed()),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    Map.of("engine-version", "scripted"));
        }

        @Override
        public void close() {}
    }
}
