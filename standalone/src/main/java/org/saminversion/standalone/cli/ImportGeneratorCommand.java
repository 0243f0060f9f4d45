package org.saminversion.standalone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.GeneratorDescription;
import org.saminversion.inversion.bundle.PerceptualDescription;
import org.saminversion.inversion.bundle.SegmenterDescription;
import org.saminversion.inversion.checkpoint.GeneratorArchitecture;
import org.saminversion.inversion.checkpoint.GeneratorImporter;
import org.saminversion.inversion.checkpoint.ImportedGenerator;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.network.PerceptualWeights;
import org.saminversion.inversion.space.LatentSpace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Makes a bundle from the weights of a generator and what goes with it. */
@Command(name = "generator", description = "Make a model bundle from the weights of a StyleGAN2 generator.")
final class ImportGeneratorCommand implements Callable<Integer> {
    private static final String GENERATOR = "generator.safetensors";
    private static final String PERCEPTUAL = "perceptual.safetensors";
    private static final String STATISTICS = "statistics.safetensors";
    private static final double DEFAULT_TAU = 0.225;
    private static final int DEFAULT_STEPS = 400;
    /** The paper's deepest feature space. */
    private static final int LAYER_MAX = 10;
    /** Small generators get one more editable space than the paper's 512 pixels have. */
    private static final int SMALL_RESOLUTION_MAX = 128;

    @ParentCommand
    private ImportCommand parent;

    @Parameters(
            paramLabel = "GENERATOR",
            description = "A checkpoint: NVIDIA .pkl, PyTorch .pt, or .safetensors with the names of StyleGAN2-ADA.")
    private Path generator;

    @Option(
            names = "--perceptual",
            paramLabel = "FILE",
            required = true,
            description = "A .safetensors file with LPIPS-VGG16, or with a trunk of stages (stage0.conv0.weight).")
    private Path perceptual;

    @Option(
            names = "--statistics",
            paramLabel = "FILE",
            required = true,
            description = "A .safetensors file with w_mean, w_covariance, v_mean and v_covariance.")
    private Path statistics;

    @Option(names = "--name", required = true, description = "What to call the bundle, such as cats256.")
    private String name;

    @Option(names = "--category", defaultValue = "unknown", description = "What it depicts, such as cats.")
    private String category;

    @Option(names = "--licence", defaultValue = "unknown", description = "Under which the weights may be used.")
    private String licence;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder to make. Default: a folder of that name in models.")
    private Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Path folder = out.orElseGet(() -> parent.sam().home().models().resolve(name));
        if (Files.exists(folder)) {
            throw new JobFailure.Rejected("bundle-exists", folder + " exists already: choose another --name or --out");
        }
        ImportedGenerator imported = GeneratorImporter.read(generator);
        imported.warnings().forEach(warning -> parent.sam().console().note("note: " + warning));
        BundleDescription description = description(imported.architecture());
        Path unfinished = Files.createTempDirectory(
                OutputFolder.ready(folder.toAbsolutePath().getParent()), ".import-");
        try {
            imported.toSafetensors().write(unfinished.resolve(GENERATOR));
            Files.copy(perceptual, unfinished.resolve(PERCEPTUAL));
            Files.copy(statistics, unfinished.resolve(STATISTICS));
            BundleWriter.write(unfinished, description);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteTree(unfinished);
        }
        parent.sam().console().out().println("made bundle " + name + " in " + folder);
        return ExitCode.SUCCESS;
    }

    private BundleDescription description(GeneratorArchitecture architecture) {
        PerceptualDescription network =
                perceptual(SafetensorsFile.read(perceptual).tensors());
        requireStatisticsFor(architecture.wDim());
        try {
            return new BundleDescription(
                    name,
                    "1",
                    category,
                    licence,
                    "imported from " + generator.getFileName(),
                    new GeneratorDescription(
                            GENERATOR,
                            architecture.resolution(),
                            architecture.zDim(),
                            architecture.wDim(),
                            architecture.mappingLayers(),
                            architecture.convClamp()),
                    ImageLayout.square(architecture.resolution()),
                    candidates(architecture.resolution()),
                    DEFAULT_TAU,
                    DEFAULT_STEPS,
                    network,
                    SegmenterDescription.Graph.DEFAULT,
                    STATISTICS,
                    List.of());
        } catch (IllegalArgumentException misfit) {
            throw new JobFailure.Rejected("bundle-invalid", misfit.getMessage(), misfit);
        }
    }

    private void requireStatisticsFor(int wDim) {
        SafetensorsFile moments = SafetensorsFile.read(statistics);
        for (String tensor : List.of("w_mean", "w_covariance", "v_mean", "v_covariance")) {
            Shape shape = moments.tensor(tensor).shape();
            if (shape.rank() == 0 || shape.size(-1) != wDim) {
                throw new JobFailure.Rejected(
                        "bundle-invalid",
                        statistics + ": " + tensor + " has the shape " + shape
                                + ", but the generator's style vectors have " + wDim
                                + " numbers: these are statistics of another generator");
            }
        }
    }

    private static PerceptualDescription perceptual(Map<String, Tensor> tensors) {
        if (tensors.containsKey("features.0.weight")) {
            PerceptualWeights.vgg16(tensors);
            return new PerceptualDescription.LpipsVgg(PERCEPTUAL);
        }
        List<PerceptualWeights.Stage> stages = PerceptualWeights.trunk(tensors).stages();
        return new PerceptualDescription.Trunk(
                PERCEPTUAL, stages.size(), stages.get(0).layers().size());
    }

    /** W+ and every second feature space; behind one of full size only the last colour layer would follow. */
    private static List<LatentSpace> candidates(int resolution) {
        List<LatentSpace> spaces = new ArrayList<>(List.of(LatentSpace.W_PLUS));
        int first = resolution <= SMALL_RESOLUTION_MAX ? 2 : 4;
        for (int layer = first; layer <= LAYER_MAX; layer += 2) {
            LatentSpace space = new LatentSpace(layer);
            if (space.resolution() < resolution) {
                spaces.add(space);
            }
        }
        return spaces;
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
