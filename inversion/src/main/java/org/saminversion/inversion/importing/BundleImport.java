package org.saminversion.inversion.importing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.BundleReader;
import org.saminversion.inversion.bundle.BundleWriter;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.ModelBundle;
import org.saminversion.inversion.bundle.PerceptualDescription;
import org.saminversion.inversion.bundle.SegmenterDescription;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.importing.SourceFiles.Of;
import org.saminversion.inversion.text.ClipFiles;

/**
 * Makes a bundle from checkpoints, or gives a bundle more networks. Files are recognised by what is in them. Whatever goes
 * wrong, no half bundle is left: files are written beside the bundle, and {@code bundle.yaml} comes last.
 */
public final class BundleImport {
    private static final double DEFAULT_TAU = 0.225;
    private static final int DEFAULT_STEPS = 400;
    private static final String CARS = "cars";

    private final SourceFiles files;
    private final List<Path> clipFiles;
    private final Path folder;
    private final ImportChoices choices;
    private final List<String> added = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * What an import did.
     *
     * @param added one line for each network
     * @param warnings what the files lacked or what was left out
     */
    public record Report(ModelBundle bundle, boolean isNew, List<String> added, List<String> warnings) {}

    private BundleImport(SourceFiles files, List<Path> clipFiles, Path folder, ImportChoices choices) {
        this.files = files;
        this.clipFiles = clipFiles;
        this.folder = folder;
        this.choices = choices;
    }

    /**
     * @param folder of the bundle; a new one needs a generator and a perceptual network among the files
     * @throws JobFailure.Rejected if a file is damaged ({@code file-invalid}), or the files do not make up a bundle, do not fit
     *     each other or the bundle ({@code import-refused}, {@code bundle-invalid})
     * @throws JobFailure.Transient if the disk fails
     */
    public static Report run(List<Path> paths, Path folder, ImportChoices choices) {
        Map<Boolean, List<Path>> byClip = paths.stream().collect(Collectors.partitioningBy(ClipFiles::recognises));
        BundleImport work = new BundleImport(SourceFiles.read(byClip.get(false)), byClip.get(true), folder, choices);
        return Files.exists(folder) ? work.extend() : work.create();
    }

    private Report create() {
        GeneratorPart generator = GeneratorPart.of(files, choices)
                .orElseThrow(() -> new JobFailure.Rejected(
                        SourceFiles.REFUSED,
                        "there is no bundle in " + folder
                                + " yet, and a new one needs a generator: name its file too"));
        List<PerceptualPart> perceptual = PerceptualPart.of(files);
        if (perceptual.isEmpty()) {
            throw new JobFailure.Rejected(
                    SourceFiles.REFUSED,
                    "a new bundle needs a perceptual network: name the LPIPS weights and the trunk too, such as vgg.pth"
                            + " and vgg16-397923af.pth");
        }
        warnings.addAll(generator.warnings());
        added.add("generator of " + generator.description().resolution() + " pixels");
        try (StagingFolder staging = StagingFolder.beside(folder)) {
            generator.write(staging);
            perceptual.get(0).write(staging);
            added.add("perceptual network " + perceptual.get(0).description().kind());
            BundleDescription description = withOthers(
                    description(generator, perceptual.get(0).description()),
                    perceptual.subList(1, perceptual.size()),
                    staging);
            BundleWriter.write(staging.folder(), description);
            staging.become(folder);
        }
        return new Report(BundleReader.open(folder), true, added, warnings);
    }

    private Report extend() {
        ModelBundle bundle = BundleReader.open(folder);
        files.only(Checkpoint.Generator.class).ifPresent(generator -> {
            throw generator.source().refused("the bundle in " + folder + " has a generator: name another --into");
        });
        files.only(Checkpoint.BigGanDeep.class).ifPresent(generator -> {
            throw generator.source().refused("the bundle in " + folder + " has a generator: name another --into");
        });
        files.only(Checkpoint.StyleStatistics.class).ifPresent(statistics -> {
            throw statistics.source().refused("the bundle in " + folder + " has statistics of its generator");
        });
        try (StagingFolder staging = StagingFolder.beside(folder)) {
            BundleDescription description = withOthers(bundle.description(), PerceptualPart.of(files), staging);
            staging.moveFilesInto(folder);
            return new Report(BundleWriter.write(folder, description), false, added, warnings);
        }
    }

    private BundleDescription description(GeneratorPart generator, PerceptualDescription perceptual) {
        int resolution = generator.description().resolution();
        boolean cars = choices.category().equals(CARS)
                && resolution == ImageLayout.cars().resolution();
        try {
            return new BundleDescription(
                    choices.name(),
                    "1",
                    choices.category(),
                    choices.licence(),
                    "imported from " + files.names(),
                    generator.description(),
                    (cars ? ImageLayout.cars() : ImageLayout.square(resolution)).withFit(choices.fit()),
                    generator.candidates(),
                    DEFAULT_TAU,
                    DEFAULT_STEPS,
                    perceptual,
                    SegmenterDescription.Graph.DEFAULT,
                    GeneratorPart.STATISTICS,
                    List.of());
        } catch (IllegalArgumentException misfit) {
            throw new JobFailure.Rejected("bundle-invalid", misfit.getMessage(), misfit);
        }
    }

    /** What every bundle may have more of. */
    private BundleDescription withOthers(
            BundleDescription base, List<PerceptualPart> perceptual, StagingFolder staging) {
        BundleDescription description = withTuningPerceptual(base, perceptual, staging);
        for (Of<Checkpoint.Encoder> found : files.all(Checkpoint.Encoder.class)) {
            EncoderPart part = EncoderPart.of(found, description, choices.encoder());
            EncoderDescription.Kind kind = part.description().kind();
            if (description.encoder(kind).isPresent()) {
                throw found.source().refused("the bundle has an encoder of kind " + kind.label() + " already");
            }
            part.write(staging);
            List<EncoderDescription> encoders = new ArrayList<>(description.encoders());
            encoders.add(part.description());
            description = description.withEncoders(encoders);
            added.add("encoder " + kind.label());
        }
        Optional<SegmenterPart> segmenter = SegmenterPart.of(files, description.layout());
        if (segmenter.isPresent()) {
            if (description.segmenter() instanceof SegmenterDescription.Semantic present) {
                throw new JobFailure.Rejected(
                        SourceFiles.REFUSED, "the bundle has a segmenter already, " + present.file());
            }
            segmenter.get().write(staging);
            description = description.withSegmenter(segmenter.get().description());
            added.add("segmenter " + segmenter.get().description().kind());
        }
        return withClip(withInvertibility(description, staging), staging);
    }

    private BundleDescription withInvertibility(BundleDescription description, StagingFolder staging) {
        Optional<Of<Checkpoint.InvertibilityNetwork>> found = files.only(Checkpoint.InvertibilityNetwork.class);
        if (found.isEmpty()) {
            return description;
        }
        description.invertibility().ifPresent(present -> {
            throw found.get().source().refused("the bundle has an invertibility network already, " + present.file());
        });
        InvertibilityPart part = InvertibilityPart.of(found.get(), description);
        part.write(staging);
        added.add("invertibility network " + part.description().kind().label());
        return description.withInvertibility(part.description());
    }

    private BundleDescription withClip(BundleDescription description, StagingFolder staging) {
        Optional<ClipPart> clip = ClipPart.of(clipFiles);
        if (clip.isEmpty()) {
            return description;
        }
        if (description.clip().isPresent()) {
            throw new JobFailure.Rejected(SourceFiles.REFUSED, "the bundle has a CLIP already");
        }
        clip.get().write(staging);
        added.add("CLIP of " + clip.get().description().imageSide() + " pixels");
        return description.withClip(clip.get().description());
    }

    /** Where a perceptual network is there already, another one is what pivotal tuning compares by. */
    private BundleDescription withTuningPerceptual(
            BundleDescription description, List<PerceptualPart> perceptual, StagingFolder staging) {
        if (perceptual.isEmpty()) {
            return description;
        }
        PerceptualDescription other = perceptual.get(0).description();
        if (perceptual.size() > 1 || description.tuningPerceptual().isPresent()) {
            throw new JobFailure.Rejected(
                    SourceFiles.REFUSED,
                    "a bundle has two perceptual networks at most, one for all methods and one for pivotal tuning:"
                            + " there is no place for "
                            + perceptual
                                    .get(perceptual.size() - 1)
                                    .description()
                                    .kind());
        }
        if (description.perceptual().kind().equals(other.kind())) {
            throw new JobFailure.Rejected(
                    SourceFiles.REFUSED, "the bundle has the perceptual network " + other.kind() + " already");
        }
        perceptual.get(0).write(staging);
        added.add("perceptual network " + other.kind() + " for pivotal tuning");
        return description.withTuningPerceptual(other);
    }
}
