package org.saminversion.inversion.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.direction.BundleDirections;
import org.saminversion.inversion.direction.StyleEdit;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.image.ImageTensors;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.invertibility.InvertibilityMap;
import org.saminversion.inversion.latent.LatentCheck;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.inversion.latent.Provenance;
import org.saminversion.inversion.method.InversionGraph;
import org.saminversion.inversion.method.InversionMethod;
import org.saminversion.inversion.metric.PeakSignalToNoise;
import org.saminversion.inversion.segment.BundleSegmenter;
import org.saminversion.inversion.space.LatentSpace;

/** The engine on ONNX Runtime: the paper's method, single spaces, rendering and edits, for one bundle. */
public final class SamEngine implements InversionEngine {
    private static final double STRENGTH_MAX = 20;

    private final ModelBundle bundle;
    private final EngineInputs inputs;
    private final EnginePrograms programs;
    private final LatentRendering rendering;
    private final Encoders encoders;
    private final InversionRuns runs;
    private final InvertibilityMaps maps;

    private SamEngine(
            ModelBundle bundle,
            EngineInputs inputs,
            EnginePrograms programs,
            LatentRendering rendering,
            Encoders encoders,
            InvertibilityMaps maps) {
        this.bundle = bundle;
        this.inputs = inputs;
        this.programs = programs;
        this.rendering = rendering;
        this.encoders = encoders;
        this.runs = new InversionRuns(bundle, inputs, programs, encoders);
        this.maps = maps;
    }

    /**
     * Opens a bundle with the standard options.
     *
     * @throws JobFailure.Rejected if the bundle is missing or damaged
     */
    public static SamEngine open(Path bundleFolder) {
        return open(BundleReader.open(bundleFolder), EngineOptions.standard());
    }

    public static SamEngine open(ModelBundle bundle, EngineOptions options) {
        BundleNetworks read = BundleNetworks.read(bundle, options);
        SortedSet<LatentSpace> spaces = new TreeSet<>(bundle.description().candidates());
        spaces.remove(LatentSpace.W_PLUS);
        EngineInputs inputs = new EngineInputs(read.networks(), spaces, read.meanOfW());
        EnginePrograms programs = new EnginePrograms(read, spaces, options.rgbSkip(), options.runtime());
        return new SamEngine(
                bundle,
                inputs,
                programs,
                new LatentRendering(read, inputs, programs),
                new Encoders(bundle, inputs, options.runtime()),
                new InvertibilityMaps(
                        bundle,
                        inputs,
                        programs,
                        new PredictedErrors(bundle, read.networks(), options.runtime()),
                        BundleSegmenter.open(bundle, options.runtime())));
    }

    /** The bundle that this engine serves. */
    public ModelBundle bundle() {
        return bundle;
    }

    @Override
    public void check(InversionSettings settings) {
        runs.method(settings);
    }

    @Override
    public InversionMethod method(InversionSettings settings) {
        return runs.method(settings);
    }

    @Override
    public void check(EditRequest edit) {
        new BundleDirections(bundle).requireKnown(edit.direction());
        if (!(Math.abs(edit.strength()) <= STRENGTH_MAX)) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "the strength of an edit must be a number from " + -STRENGTH_MAX + " to " + STRENGTH_MAX + ", not "
                            + edit.strength());
        }
    }

    @Override
    public InvertibilityMap measureInvertibility(
            RgbImage photograph, InversionSettings settings, ProgressListener progress) {
        return measureInvertibility(List.of(photograph), settings, progress).get(0);
    }

    @Override
    public List<InvertibilityMap> measureInvertibility(
            List<RgbImage> photographs, InversionSettings settings, ProgressListener progress) {
        return maps.of(photographs, settings, progress);
    }

    /**
     * Inverts each photograph whole into each candidate space: what an invertibility network learns from.
     *
     * @return for each photograph [height*width] per space, LPIPS error of the pixel
     */
    public List<SortedMap<LatentSpace, float[]>> tryCandidates(
            List<RgbImage> photographs, TrialSteps steps, long seed, ProgressListener progress) {
        List<Tensor> targets = photographs.stream()
                .map(photograph -> ImageTensors.toTensor(layout().target(photograph)))
                .toList();
        return new TrialInversions(programs, inputs, steps).of(targets, seed, progress);
    }

    /**
     * What the bundle's invertibility network predicts for a photograph.
     *
     * @return per candidate space [height*width] of the layout's target
     * @throws JobFailure.Rejected of kind {@code bundle-invalid} if the bundle has no network or one that does not fit
     */
    public SortedMap<LatentSpace, float[]> predictErrors(RgbImage photograph) {
        return maps.predictedErrors(photograph);
    }

    /** The mean errors of the pictures that the network was trained on, as above; empty if the network does not tell them. */
    public SortedMap<LatentSpace, float[]> meanErrors() {
        return maps.meanErrors();
    }

    /** Cuts a photograph into segments as the bundle says. @return [height*width] labels of the layout's target */
    public int[] segment(RgbImage photograph) {
        return maps.segments(photograph);
    }

    @Override
    public MapRun startMap(RgbImage photograph, InversionSettings settings) {
        return maps.start(photograph, settings);
    }

    @Override
    public MapRun resumeMap(RgbImage photograph, InversionSettings settings, byte[] checkpoint) {
        return maps.resume(photograph, settings, checkpoint);
    }

    @Override
    public InversionRun start(RgbImage photograph, InversionSettings settings, Optional<InvertibilityMap> map) {
        return new SingleRun(runs.start(List.of(new InversionRequest(photograph, settings, map))));
    }

    @Override
    public InversionRun resume(
            RgbImage photograph, InversionSettings settings, Optional<InvertibilityMap> map, byte[] checkpoint) {
        return new SingleRun(
                runs.resume(List.of(new InversionRequest(photograph, settings, map)), List.of(checkpoint)));
    }

    @Override
    public BatchRun start(List<InversionRequest> requests) {
        return runs.start(requests);
    }

    @Override
    public BatchRun resume(List<InversionRequest> requests, List<byte[]> checkpoints) {
        return runs.resume(requests, checkpoints);
    }

    /**
     * The image of the latents in full precision.
     *
     * @return [1,3,R,R], about [-1,1], not clamped
     * @throws JobFailure.Rejected if the latents do not fit the bundle
     */
    public Tensor generate(Latents latents) {
        LatentCheck.requireFits(latents, bundle);
        return rendering.image(latents);
    }

    @Override
    public RgbImage render(Latents latents) {
        return visible(generate(latents));
    }

    /** The edited image in full precision, [1,3,R,R]. */
    public Tensor generateEdited(Latents latents, List<EditRequest> edits) {
        LatentCheck.requireFits(latents, bundle);
        edits.forEach(this::check);
        float[] wplus = latents.wplus().toFloats();
        Shape styleSpace = inputs.networks().generator().styleChannels().shape(1);
        float[] offsets = new float[styleSpace.elements()];
        boolean inStyleSpace = false;
        BundleDirections directions = new BundleDirections(bundle);
        for (EditRequest edit : edits) {
            StyleEdit styleEdit = directions.edit(edit.direction());
            styleEdit.move(wplus, edit.strength(), edit.layers());
            styleEdit.moveChannels(offsets, edit.strength(), edit.layers());
            inStyleSpace |= styleEdit.isInStyleSpace();
        }
        Tensor edited = Tensor.of(latents.wplus().shape(), wplus);
        return inStyleSpace
                ? rendering.edited(latents, edited, Tensor.of(styleSpace, offsets))
                : rendering.edited(latents, edited);
    }

    @Override
    public RgbImage edit(Latents latents, List<EditRequest> edits) {
        return visible(generateEdited(latents, edits));
    }

    private RgbImage visible(Tensor image) {
        return layout().visible(ImageTensors.toImage(image));
    }

    /** A random image's latents, of any class. @param truncation psi in [0,1]: 0 is the average image */
    public Latents sample(long seed, double truncation) {
        return sample(seed, truncation, OptionalInt.empty());
    }

    /**
     * A random image's latents.
     *
     * @param truncation psi in [0,1]: 0 is the average image
     * @param label the class of a generator that has classes; without one, any
     * @throws JobFailure.Rejected of kind {@code parameter-out-of-range} if there is no such class
     */
    public Latents sample(long seed, double truncation, OptionalInt label) {
        StyleSampler sampler = programs.sampler();
        float[] w = sampler.draw(new SplittableRandom(seed), label).toFloats();
        float[] mean = inputs.meanOfW().toFloats();
        Shape shape = inputs.start(1).get(InversionGraph.WPLUS).shape();
        float[] wplus = new float[shape.elements()];
        for (int i = 0; i < wplus.length; i++) {
            int k = i % w.length;
            wplus[i] = sampler.isTruncated(k) ? (float) (mean[k] + truncation * (w[k] - mean[k])) : w[k];
        }
        return new Latents(
                Tensor.of(shape, wplus),
                new TreeMap<>(),
                new TreeMap<>(),
                Map.of(Provenance.BUNDLE, bundle.name(), Provenance.SEED, Long.toString(seed)));
    }

    @Override
    public Quality quality(RgbImage photograph, RgbImage rendering) {
        RgbImage target = layout().target(photograph);
        Tensor first = ImageTensors.toTensor(target);
        Tensor second = ImageTensors.toTensor(layout().reduced(rendering));
        Tensor distance = programs.comparing(1)
                .run(Map.of(InversionGraph.TARGET, first, EnginePrograms.SECOND, second))
                .get(EnginePrograms.DISTANCE);
        return new Quality(PeakSignalToNoise.decibels(target, ImageTensors.toImage(second)), distance.toDoubles()[0]);
    }

    private ImageLayout layout() {
        return bundle.description().layout();
    }

    @Override
    public void close() {
        rendering.close();
        encoders.close();
        programs.close();
        maps.close();
    }
}
