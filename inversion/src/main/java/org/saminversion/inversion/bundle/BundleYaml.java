package org.saminversion.inversion.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.saminversion.inversion.bundle.SegmenterDescription.Semantic;
import org.saminversion.inversion.direction.Convention;
import org.saminversion.inversion.engine.InversionSettings;
import org.saminversion.inversion.image.Fit;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.space.LatentSpace;
import org.saminversion.inversion.space.LayerRange;

/** Reads the text of {@code bundle.yaml}. Every complaint is an IllegalArgumentException that names the field. */
final class BundleYaml {
    static final int FORMAT = 1;

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final YAMLMapper MAPPER = new YAMLMapper();

    /** @param hashes by file name */
    record Contents(BundleDescription description, SortedMap<String, String> hashes) {}

    private BundleYaml() {}

    static Contents parse(byte[] text) {
        YamlFields root = new YamlFields(tree(text), "");
        int format = root.integer("format", 1, Integer.MAX_VALUE);
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "it has format " + format + ", and this version reads format " + FORMAT + " only");
        }
        GeneratorDescription generator = generator(root.fields("generator"));
        BundleDescription description = new BundleDescription(
                root.text("name"),
                root.text("version"),
                root.text("category"),
                root.text("licence"),
                root.text("provenance"),
                generator,
                layout(root.optionalFields("image_layout"), generator.resolution()),
                root.texts("candidate_spaces").stream().map(LatentSpace::parse).toList(),
                root.number("default_tau"),
                root.integer("default_steps", 1, InversionSettings.STEPS_MAX),
                perceptual(root.fields("perceptual")),
                segmenter(root.fields("segmenter")),
                root.text("statistics"),
                directions(root.listOfFields("directions"), generator.styles()),
                encoders(root.listOfFields("encoders")),
                root.has("tuning_perceptual")
                        ? Optional.of(perceptual(root.fields("tuning_perceptual")))
                        : Optional.empty(),
                root.has("invertibility") ? Optional.of(invertibility(root.fields("invertibility"))) : Optional.empty(),
                root.has("clip") ? Optional.of(clip(root.fields("clip"))) : Optional.empty());
        SortedMap<String, String> hashes = hashes(root.fields("files"));
        root.requireNoMore();
        return new Contents(description, hashes);
    }

    private static JsonNode tree(byte[] text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not YAML: " + e.getOriginalMessage(), e);
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException("it is not YAML", e);
        }
    }

    private static GeneratorDescription generator(YamlFields fields) {
        GeneratorDescription.Kind kind = GeneratorDescription.Kind.parse(fields.text("kind"));
        boolean maps = kind == GeneratorDescription.Kind.STYLEGAN2;
        String clamp = fields.text("conv_clamp", "none");
        GeneratorDescription generator = new GeneratorDescription(
                kind,
                fields.text("file"),
                fields.integer("resolution", 8, 4096),
                fields.integer("z_dim", 1, 8192),
                fields.integer("w_dim", 1, 8192),
                maps ? fields.integer("mapping_layers", 1, 64) : 0,
                clamp.equals("none") ? OptionalDouble.empty() : OptionalDouble.of(fields.number("conv_clamp")),
                fields.integer("classes", 0, 1_000_000, 0),
                maps ? 1 : fields.number("truncation", 1));
        fields.requireNoMore();
        return generator;
    }

    private static ImageLayout layout(YamlFields fields, int resolution) {
        ImageLayout square = ImageLayout.square(resolution);
        ImageLayout layout = new ImageLayout(
                Fit.parse(fields.text("fit", square.fit().label())),
                resolution,
                fields.integer("visible_width", 1, resolution, resolution),
                fields.integer("visible_height", 1, resolution, resolution),
                fields.integer("loss_resolution", 1, resolution, square.lossResolution()));
        fields.requireNoMore();
        return layout;
    }

    private static PerceptualDescription perceptual(YamlFields fields) {
        String kind = fields.text("kind");
        PerceptualDescription perceptual = switch (kind) {
            case PerceptualDescription.Trunk.KIND ->
                new PerceptualDescription.Trunk(
                        fields.text("file"),
                        fields.integer("stages", 1, 16),
                        fields.integer("convolutions_per_stage", 1, 16));
            case PerceptualDescription.LpipsVgg.KIND -> new PerceptualDescription.LpipsVgg(fields.text("file"));
            case PerceptualDescription.LpipsAlex.KIND -> new PerceptualDescription.LpipsAlex(fields.text("file"));
            case PerceptualDescription.LpipsSqueeze.KIND -> new PerceptualDescription.LpipsSqueeze(fields.text("file"));
            default ->
                throw new IllegalArgumentException("perceptual.kind is " + kind + "; known are "
                        + PerceptualDescription.Trunk.KIND + ", " + PerceptualDescription.LpipsVgg.KIND + ", "
                        + PerceptualDescription.LpipsAlex.KIND + " and " + PerceptualDescription.LpipsSqueeze.KIND);
        };
        fields.requireNoMore();
        return perceptual;
    }

    private static SegmenterDescription segmenter(YamlFields fields) {
        String kind = fields.text("kind");
        SegmenterDescription segmenter =
                kind.equals(SegmenterDescription.Graph.KIND) ? graphSegmenter(fields) : semantic(kind, fields);
        fields.requireNoMore();
        return segmenter;
    }

    private static SegmenterDescription.Graph graphSegmenter(YamlFields fields) {
        SegmenterDescription.Graph usual = SegmenterDescription.Graph.DEFAULT;
        return new SegmenterDescription.Graph(
                fields.number("scale", usual.scale()),
                fields.number("blur_sigma", usual.blurSigma()),
                fields.number("segment_share_min", usual.segmentShareMin()));
    }

    private static SegmenterDescription.Semantic semantic(String kind, YamlFields fields) {
        Semantic.Network network = Arrays.stream(Semantic.Network.values())
                .filter(each -> each.label().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("segmenter.kind is " + kind + "; known are "
                        + SegmenterDescription.Graph.KIND + ", "
                        + Arrays.stream(Semantic.Network.values())
                                .map(Semantic.Network::label)
                                .collect(Collectors.joining(", "))));
        return new Semantic(
                network,
                fields.text("file"),
                fields.integer("input_width", 1, 4096),
                fields.integer("input_height", 1, 4096),
                fields.numbers("mean"),
                fields.numbers("standard_deviation"),
                fusion(fields.optionalFields("fusion")));
    }

    private static SortedMap<Integer, Integer> fusion(YamlFields fields) {
        SortedMap<Integer, Integer> fusion = new TreeMap<>();
        for (String label : fields.keys()) {
            if (!label.matches("[0-9]{1,5}")) {
                throw new IllegalArgumentException("segmenter.fusion maps labels to labels; " + label + " is none");
            }
            fusion.put(Integer.valueOf(label), fields.integer(label, 0, 99_999));
        }
        return fusion;
    }

    private static List<DirectionDescription> directions(List<YamlFields> list, int styles) {
        List<DirectionDescription> directions = new ArrayList<>();
        for (YamlFields fields : list) {
            YamlFields layers = fields.optionalFields("layers");
            YamlFields useful = fields.optionalFields("useful");
            directions.add(new DirectionDescription(
                    fields.text("name"),
                    fields.text("file"),
                    fields.text("tensor", DirectionDescription.TENSOR),
                    new LayerRange(layers.integer("start", 0, styles - 1, 0), layers.integer("end", 1, styles, styles)),
                    useful.number("from", -DirectionDescription.USEFUL),
                    useful.number("to", DirectionDescription.USEFUL),
                    Convention.parse(fields.text("convention", Convention.RELATIVE.label())),
                    DirectionDescription.Space.parse(fields.text("space", DirectionDescription.Space.W_PLUS.label()))));
            layers.requireNoMore();
            useful.requireNoMore();
            fields.requireNoMore();
        }
        return directions;
    }

    private static List<EncoderDescription> encoders(List<YamlFields> list) {
        List<EncoderDescription> encoders = new ArrayList<>();
        for (YamlFields fields : list) {
            encoders.add(new EncoderDescription(
                    EncoderDescription.Kind.parse(fields.text("kind")),
                    fields.text("file"),
                    fields.integer("input_width", 1, 4096),
                    fields.integer("input_height", 1, 4096),
                    fields.has("quality") ? Optional.of(encoderQuality(fields.fields("quality"))) : Optional.empty()));
            fields.requireNoMore();
        }
        return encoders;
    }

    private static EncoderQuality encoderQuality(YamlFields fields) {
        EncoderQuality quality = new EncoderQuality(
                fields.number("psnr_decibel"),
                fields.number("lpips"),
                fields.integer("photographs", 1, Integer.MAX_VALUE));
        fields.requireNoMore();
        return quality;
    }

    private static InvertibilityDescription invertibility(YamlFields fields) {
        InvertibilityDescription network = new InvertibilityDescription(
                InvertibilityDescription.Kind.parse(fields.text("kind")),
                fields.text("file"),
                fields.has("correlation") ? OptionalDouble.of(fields.number("correlation")) : OptionalDouble.empty());
        fields.requireNoMore();
        return network;
    }

    private static ClipDescription clip(YamlFields fields) {
        ClipDescription clip = new ClipDescription(
                fields.text("image_encoder"),
                fields.text("text_encoder"),
                fields.text("vocabulary"),
                fields.integer("image_side", 1, 4096),
                fields.integer("context_length", 3, 4096),
                fields.has("channel_effects") ? Optional.of(fields.text("channel_effects")) : Optional.empty());
        fields.requireNoMore();
        return clip;
    }

    private static SortedMap<String, String> hashes(YamlFields fields) {
        SortedMap<String, String> hashes = new TreeMap<>();
        for (String file : fields.keys()) {
            String hash = fields.text(file);
            if (!SHA_256.matcher(hash).matches()) {
                throw new IllegalArgumentException(
                        "files." + file + " must be a SHA-256 of 64 lower-case hexadecimal digits, not " + hash);
            }
            hashes.put(file, hash);
        }
        return hashes;
    }
}
