package org.saminversion.inversion.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.inversion.direction.Convention;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.AtomicFile;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.space.LatentSpace;

/** Writes {@code bundle.yaml} for files that lie in the folder already; for importers and tools. */
public final class BundleWriter {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private BundleWriter() {}

    /**
     * Hashes every file that the description names and writes {@code bundle.yaml} beside them, whole or not at all.
     *
     * @return the bundle, opened
     * @throws JobFailure.Rejected of kind {@code bundle-invalid} if a file is missing or lies outside the folder
     * @throws JobFailure.Transient if the disk fails
     */
    public static ModelBundle write(Path folder, BundleDescription description) {
        SortedMap<String, String> hashes = new TreeMap<>();
        try {
            for (String file : description.files()) {
                hashes.put(file, Hashes.ofFile(BundleReader.within(folder, file)));
            }
        } catch (IllegalArgumentException e) {
            throw new JobFailure.Rejected("bundle-invalid", folder + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new JobFailure.Transient("cannot read the files in " + folder + ": " + e.getMessage(), e);
        }
        ByteBuffer bytes = ByteBuffer.wrap(text(description, hashes).getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(folder.resolve(BundleReader.DESCRIPTION_FILE), channel -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
        return BundleReader.open(folder);
    }

    static String text(BundleDescription description, SortedMap<String, String> hashes) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", BundleYaml.FORMAT);
        root.put("name", description.name());
        root.put("version", description.version());
        root.put("category", description.category());
        root.put("licence", description.licence());
        root.put("provenance", description.provenance());
        root.put("generator", generator(description.generator()));
        root.put("image_layout", layout(description.layout()));
        root.put(
                "candidate_spaces",
                description.candidates().stream().map(LatentSpace::toString).toList());
        root.put("default_tau", description.defaultTau());
        root.put("default_steps", description.defaultSteps());
        root.put("perceptual", perceptual(description.perceptual()));
        root.put("segmenter", segmenter(description.segmenter()));
        root.put("statistics", description.statistics());
        root.put("directions", directions(description.directions()));
        if (!description.encoders().isEmpty()) {
            root.put("encoders", encoders(description.encoders()));
        }
        description.tuningPerceptual().ifPresent(other -> root.put("tuning_perceptual", perceptual(other)));
        description.invertibility().ifPresent(network -> root.put("invertibility", invertibility(network)));
        description.clip().ifPresent(clip -> root.put("clip", clip(clip)));
        root.put("files", hashes);
        try {
            return MAPPER.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can always be written as YAML", e);
        }
    }

    private static Map<String, Object> generator(GeneratorDescription generator) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", generator.kind().label());
        fields.put("file", generator.file());
        fields.put("resolution", generator.resolution());
        fields.put("z_dim", generator.zDim());
        fields.put("w_dim", generator.wDim());
        switch (generator.kind()) {
            case STYLEGAN2 -> {
                fields.put("mapping_layers", generator.mappingLayers());
                fields.put(
                        "conv_clamp",
                        generator.convClamp().isPresent()
                                ? generator.convClamp().getAsDouble()
                                : "none");
            }
            case BIGGAN_DEEP -> fields.put("truncation", generator.truncation());
        }
        if (generator.classes() > 0) {
            fields.put("classes", generator.classes());
        }
        return fields;
    }

    private static Map<String, Object> layout(ImageLayout layout) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("fit", layout.fit().label());
        fields.put("visible_width", layout.visibleWidth());
        fields.put("visible_height", layout.visibleHeight());
        fields.put("loss_resolution", layout.lossResolution());
        return fields;
    }

    private static Map<String, Object> perceptual(PerceptualDescription perceptual) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", perceptual.kind());
        fields.put("file", perceptual.file());
        if (perceptual instanceof PerceptualDescription.Trunk trunk) {
            fields.put("stages", trunk.stages());
            fields.put("convolutions_per_stage", trunk.convolutionsPerStage());
        }
        return fields;
    }

    private static Map<String, Object> segmenter(SegmenterDescription segmenter) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", segmenter.kind());
        if (segmenter instanceof SegmenterDescription.Graph graph) {
            fields.put("scale", graph.scale());
            fields.put("blur_sigma", graph.blurSigma());
            fields.put("segment_share_min", graph.segmentShareMin());
        } else if (segmenter instanceof SegmenterDescription.Semantic semantic) {
            fields.put("file", semantic.file());
            fields.put("input_width", semantic.inputWidth());
            fields.put("input_height", semantic.inputHeight());
            fields.put("mean", semantic.mean());
            fields.put("standard_deviation", semantic.standardDeviation());
            fields.put("fusion", semantic.fusion());
        }
        return fields;
    }

    private static List<Map<String, Object>> directions(List<DirectionDescription> directions) {
        return directions.stream()
                .map(direction -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("name", direction.name());
                    fields.put("file", direction.file());
                    fields.put("tensor", direction.tensor());
                    fields.put(
                            "layers",
                            ordered(
                                    "start",
                                    direction.layers().start(),
                                    "end",
                                    direction.layers().end()));
                    fields.put("useful", ordered("from", direction.usefulFrom(), "to", direction.usefulTo()));
                    if (direction.convention() != Convention.RELATIVE) {
                        fields.put("convention", direction.convention().label());
                    }
                    if (direction.space() != DirectionDescription.Space.W_PLUS) {
                        fields.put("space", direction.space().label());
                    }
                    return fields;
                })
                .toList();
    }

    private static Map<String, Object> invertibility(InvertibilityDescription network) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", network.kind().label());
        fields.put("file", network.file());
        network.correlation().ifPresent(correlation -> fields.put("correlation", correlation));
        return fields;
    }

    private static Map<String, Object> clip(ClipDescription clip) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image_encoder", clip.imageEncoder());
        fields.put("text_encoder", clip.textEncoder());
        fields.put("vocabulary", clip.vocabulary());
        fields.put("image_side", clip.imageSide());
        fields.put("context_length", clip.contextLength());
        clip.channelEffects().ifPresent(file -> fields.put("channel_effects", file));
        return fields;
    }

    private static List<Map<String, Object>> encoders(List<EncoderDescription> encoders) {
        return encoders.stream()
                .map(encoder -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("kind", encoder.kind().label());
                    fields.put("file", encoder.file());
                    fields.put("input_width", encoder.inputWidth());
                    fields.put("input_height", encoder.inputHeight());
                    encoder.quality().ifPresent(quality -> fields.put("quality", encoderQuality(quality)));
                    return fields;
                })
                .toList();
    }

    private static Map<String, Object> encoderQuality(EncoderQuality quality) {
        Map<String, Object> fields = ordered("psnr_decibel", quality.psnrDecibel(), "lpips", quality.lpips());
        fields.put("photographs", quality.photographs());
        return fields;
    }

    private static Map<String, Object> ordered(String first, Object firstValue, String second, Object secondValue) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(first, firstValue);
        fields.put(second, secondValue);
        return fields;
    }
}
