package org.saminversion.standalone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.direction.BundleDirections;
import org.saminversion.inversion.engine.EditRequest;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.PngWriter;
import org.saminversion.inversion.image.Resample;
import org.saminversion.inversion.image.RgbImage;
import org.saminversion.inversion.latent.Latents;
import org.saminversion.standalone.picture.PastedOver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes test photographs: images that the generator makes up, with things pasted over them that it could not make up. */
@Command(name = "sample", description = "Make up an image with the generator; the pictures in samples come from here.")
final class SampleCommand implements Callable<Integer> {
    /** Directions that are varied: the principal components, whose unit is one standard deviation. */
    private static final String COMPONENT_PREFIX = "pca-";
    /** Below 1, so that the image stays typical. */
    private static final double SPREAD = 0.9;

    @ParentCommand
    private Sam sam;

    @Mixin
    private BundleOption bundle;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Another seed, another image. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--paste", description = "Put sun glasses, a scarf and a sticker over the face.")
    private boolean paste;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "256",
            description = "Side of the image. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The .png file to write.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        OutputFolder.ready(out.toAbsolutePath().getParent());
        try (OpenBundle opened = bundle.open(sam)) {
            RgbImage made = opened.engine().edit(mean(opened.bundle()), strengths(opened.bundle()));
            RgbImage enlarged = Resample.lanczos(made, size, size);
            PngWriter.write(paste ? PastedOver.face(enlarged) : enlarged, out);
        }
        sam.console().out().println(out);
        return ExitCode.SUCCESS;
    }

    private List<EditRequest> strengths(ModelBundle opened) {
        RandomGenerator random = new SplittableRandom(seed);
        List<EditRequest> strengths = new ArrayList<>();
        for (String direction : new BundleDirections(opened).names()) {
            if (direction.startsWith(COMPONENT_PREFIX)) {
                strengths.add(new EditRequest(direction, SPREAD * random.nextGaussian()));
            }
        }
        return strengths;
    }

    /** The most typical image: the mean of W in every layer. */
    private static Latents mean(ModelBundle opened) {
        GeneratorDescription generator = opened.description().generator();
        float[] mean =
                SafetensorsFile.read(opened.statisticsFile()).tensor("w_mean").toFloats();
        float[] wplus = new float[generator.styles() * generator.wDim()];
        for (int style = 0; style < generator.styles(); style++) {
            System.arraycopy(mean, 0, wplus, style * generator.wDim(), generator.wDim());
        }
        return new Latents(
                Tensor.of(Shape.of(1, generator.styles(), generator.wDim()), wplus),
                new TreeMap<>(),
                new TreeMap<>(),
                Map.of("bundle", opened.name(), "bundle-sha256", opened.sha256()));
    }
}
