package org.saminversion.inversion.bundle;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.space.LatentSpace;

/**
 * What {@code bundle.yaml} says, apart from the hashes.
 *
 * @param name lower-case letters, digits, dots, hyphens; also the name of its folder in a catalogue
 * @param version of the weights
 * @param category what it depicts, such as faces or cars
 * @param licence under which the weights may be used
 * @param provenance who made them, and from what
 * @param layout how photographs lie in the generator's image
 * @param candidates spaces that segments may get, most editable first; the first is W+
 * @param defaultTau error ceiling when the caller names none
 * @param defaultSteps optimisation steps when the caller names none
 * @param statistics safetensors with w_mean, w_covariance, v_mean, v_covariance
 * @param encoders at most one of each kind
 * @param tuningPerceptual what pivotal tuning compares by; without it, what the others compare by
 * @param invertibility what predicts maps; without it, they are measured
 * @param clip what compares pictures with texts, if anything does
 */
public record BundleDescription(
        String name,
        String version,
        String category,
        String licence,
        String provenance,
        GeneratorDescription generator,
        ImageLayout layout,
        List<LatentSpace> candidates,
        double defaultTau,
        int defaultSteps,
        PerceptualDescription perceptual,
        SegmenterDescription segmenter,
        String statistics,
        List<DirectionDescription> directions,
        List<EncoderDescription> encoders,
        Optional<PerceptualDescription> tuningPerceptual,
        Optional<InvertibilityDescription> invertibility,
        Optional<ClipDescription> clip) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException that says which parts do not fit each other */
    public BundleDescription {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a bundle is named by lower-case letters, digits, dots, hyphens and underscores, not '" + name
                            + "'");
        }
        candidates = List.copyOf(candidates);
        directions = List.copyOf(directions);
        encoders = List.copyOf(encoders);
        if (encoders.stream().map(EncoderDescription::kind).distinct().count() < encoders.size()) {
            throw new IllegalArgumentException("there are two encoders of one kind");
        }
        boolean corrects = encoders.stream().anyMatch(each -> each.kind() == EncoderDescription.Kind.DELTAS);
        if (corrects && encoders.stream().noneMatch(each -> each.kind().givesStylesInOnePass())) {
            throw new IllegalArgumentException(
                    "an encoder of the kind deltas goes on from style vectors, and there is no"
                            + " encoder that gives them in one pass");
        }
        if (layout.resolution() != generator.resolution()) {
            throw new IllegalArgumentException("the image layout is for " + layout.resolution()
                    + " pixels, the generator makes " + generator.resolution());
        }
        requireCandidates(candidates, generator);
        requireDirections(directions, generator);
        if (!(defaultTau >= 0 && defaultTau <= InversionSettings.TAU_MAX)) {
            throw new IllegalArgumentException(
                    "default_tau must be from 0 to " + InversionSettings.TAU_MAX + ", not " + defaultTau);
        }
        if (defaultSteps < 1 || defaultSteps > InversionSettings.STEPS_MAX) {
            throw new IllegalArgumentException(
                    "default_steps must be from 1 to " + InversionSettings.STEPS_MAX + ", not " + defaultSteps);
        }
    }

    /** A bundle without encoders. */
    public BundleDescription(
            String name,
            String version,
            String category,
            String licence,
            String provenance,
            GeneratorDescription generator,
            ImageLayout layout,
            List<LatentSpace> candidates,
            double defaultTau,
            int defaultSteps,
            PerceptualDescription perceptual,
            SegmenterDescription segmenter,
            String statistics,
            List<DirectionDescription> directions) {
        this(
                name,
                version,
                category,
                licence,
                provenance,
                generator,
                layout,
                candidates,
                defaultTau,
                defaultSteps,
                perceptual,
                segmenter,
                statistics,
                directions,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static void requireCandidates(List<LatentSpace> candidates, GeneratorDescription generator) {
        if (candidates.size() < 2 || !candidates.get(0).equals(LatentSpace.W_PLUS)) {
            throw new IllegalArgumentException(
                    "candidate_spaces begin with W+ and name at least one feature space, unlike " + candidates);
        }
        for (int i = 1; i < candidates.size(); i++) {
            if (candidates.get(i - 1).compareTo(candidates.get(i)) >= 0) {
                throw new IllegalArgumentException("candidate_spaces must rise, unlike " + candidates);
            }
            if (!generator.has(candidates.get(i))) {
                throw new IllegalArgumentException(
                        "a generator of " + generator.resolution() + " pixels has no space " + candidates.get(i));
            }
        }
    }

    private static void requireDirections(List<DirectionDescription> directions, GeneratorDescription generator) {
        SortedSet<String> names = new TreeSet<>();
        for (DirectionDescription direction : directions) {
            if (!names.add(direction.name())) {
                throw new IllegalArgumentException("there are two directions named " + direction.name());
            }
            if (direction.layers().end() > generator.styles()) {
                throw new IllegalArgumentException("direction " + direction.name() + " ends at style "
                        + direction.layers().end() + ", but the generator has " + generator.styles() + " styles");
            }
        }
    }

    /** The direction of that name, if there is one. */
    public Optional<DirectionDescription> direction(String wanted) {
        return directions.stream().filter(each -> each.name().equals(wanted)).findFirst();
    }

    /** Every file that the bundle needs, relative to its folder. */
    public SortedSet<String> files() {
        SortedSet<String> files = new TreeSet<>(List.of(generator.file(), perceptual.file(), statistics));
        if (segmenter instanceof SegmenterDescription.Semantic semantic) {
            files.add(semantic.file());
        }
        directions.forEach(direction -> files.add(direction.file()));
        encoders.forEach(encoder -> files.add(encoder.file()));
        tuningPerceptual.ifPresent(other -> files.add(other.file()));
        invertibility.ifPresent(network -> files.add(network.file()));
        clip.ifPresent(network -> {
            files.addAll(List.of(network.imageEncoder(), network.textEncoder(), network.vocabulary()));
            network.channelEffects().ifPresent(files::add);
        });
        return files;
    }

    /** The same bundle with other directions. */
    public BundleDescription withDirections(List<DirectionDescription> others) {
        return with(segmenter, others, encoders, tuningPerceptual, invertibility, clip);
    }

    /** The same bundle with another segmenter. */
    public BundleDescription withSegmenter(SegmenterDescription other) {
        return with(other, directions, encoders, tuningPerceptual, invertibility, clip);
    }

    /** The same bundle with other encoders. */
    public BundleDescription withEncoders(List<EncoderDescription> others) {
        return with(segmenter, directions, others, tuningPerceptual, invertibility, clip);
    }

    /** The same bundle with another perceptual network for pivotal tuning. */
    public BundleDescription withTuningPerceptual(PerceptualDescription other) {
        return with(segmenter, directions, encoders, Optional.of(other), invertibility, clip);
    }

    /** The same bundle with another invertibility network. */
    public BundleDescription withInvertibility(InvertibilityDescription other) {
        return with(segmenter, directions, encoders, tuningPerceptual, Optional.of(other), clip);
    }

    /** The same bundle with another network that compares pictures with texts. */
    public BundleDescription withClip(ClipDescription other) {
        return with(segmenter, directions, encoders, tuningPerceptual, invertibility, Optional.of(other));
    }

    /** The encoder of that kind, if there is one. */
    public Optional<EncoderDescription> encoder(EncoderDescription.Kind kind) {
        return encoders.stream().filter(each -> each.kind() == kind).findFirst();
    }

    private BundleDescription with(
            SegmenterDescription otherSegmenter,
            List<DirectionDescription> otherDirections,
            List<EncoderDescription> otherEncoders,
            Optional<PerceptualDescription> otherTuningPerceptual,
            Optional<InvertibilityDescription> otherInvertibility,
            Optional<ClipDescription> otherClip) {
        return new BundleDescription(
                name,
                version,
                category,
                licence,
                provenance,
                generator,
                layout,
                candidates,
                defaultTau,
                defaultSteps,
                perceptual,
                otherSegmenter,
                statistics,
                otherDirections,
                otherEncoders,
                otherTuningPerceptual,
                otherInvertibility,
                otherClip);
    }
}
