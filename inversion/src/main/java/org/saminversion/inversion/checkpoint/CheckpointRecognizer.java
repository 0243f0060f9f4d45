package org.saminversion.inversion.checkpoint;

import static org.saminversion.inversion.checkpoint.Signature.anchor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.saminversion.inversion.checkpoint.Checkpoint.EncoderBackbone;
import org.saminversion.inversion.checkpoint.Checkpoint.Generator;
import org.saminversion.inversion.checkpoint.Checkpoint.GeneratorNaming;
import org.saminversion.inversion.checkpoint.Checkpoint.Trunk;

/** Says which network a flat set of tensors is. Source of names and shapes: spec networks.md. */
final class CheckpointRecognizer {
    private static final Map<GeneratorNaming, Signature> GENERATORS = Map.of(
            GeneratorNaming.ADA,
                    Signature.of(
                            anchor("synthesis.b4.const", -1, 4, 4),
                            anchor("synthesis.b4.conv1.weight", -1, -1, 3, 3),
                            anchor("mapping.fc0.weight", -1, -1)),
            GeneratorNaming.TENSORFLOW,
                    Signature.of(
                            anchor("synthesis/4x4/Const/const", 1, -1, 4, 4),
                            anchor("synthesis/4x4/Conv/mod_weight", -1, -1),
                            anchor("mapping/Dense0/weight", -1, -1)),
            GeneratorNaming.ROSINALITY,
                    Signature.of(
                            anchor("input.input", 1, -1, 4, 4),
                            anchor("conv1.conv.weight", 1, -1, -1, 3, 3),
                            anchor("style.1.weight", -1, -1)));

    private static final Map<EncoderBackbone, Signature> ENCODERS = Map.of(
            EncoderBackbone.IR_SE50,
                    Signature.of(
                            anchor("input_layer.0.weight", -1, -1, 3, 3),
                            anchor("body.23.res_layer.3.weight", -1, -1, 3, 3),
                            anchor("styles.0.linear.weight", -1, -1)),
            EncoderBackbone.RESNET34,
                    Signature.of(
                            anchor("conv1.weight", -1, -1, 7, 7),
                            anchor("relu.weight", -1),
                            anchor("body.15.conv2.weight", -1, -1, 3, 3),
                            anchor("styles.0.linear.weight", -1, -1)));

    private static final Map<Trunk, Signature> TRUNKS = Map.of(
            Trunk.VGG16,
                    Signature.of(
                            anchor("features.0.weight", 64, 3, 3, 3),
                            anchor("features.17.weight", 512, 256, 3, 3),
                            anchor("features.28.weight", 512, 512, 3, 3)),
            Trunk.ALEXNET,
                    Signature.of(
                            anchor("features.0.weight", 64, 3, 11, 11), anchor("features.10.weight", 256, 256, 3, 3)),
            Trunk.SQUEEZENET,
                    Signature.of(
                            anchor("features.0.weight", 64, 3, 3, 3),
                            anchor("features.3.squeeze.weight", 16, 64, 1, 1),
                            anchor("features.12.expand3x3.weight", 256, 64, 3, 3)));

    private static final Signature INVERTIBILITY = Signature.of(
            anchor("backbone.conv1.weight", -1, 3, 7, 7),
            anchor("aspp.aspp1.atrous_conv.weight", -1, -1, 1, 1),
            anchor("decoder.last_conv.8.weight", -1, -1, 1, 1));
    private static final Signature INVERTIBILITY_HEAD =
            Signature.of(anchor("m.0.weight", -1, -1, 3, 3), anchor("m.3.weight", -1, 1, 1, 1));
    private static final Signature ADE20K_ENCODER = Signature.of(
            anchor("conv3.weight", -1, -1, 3, 3),
            anchor("conv1.weight", -1, 3, 3, 3),
            anchor("layer4.2.conv3.weight", -1, -1, 1, 1));
    private static final Signature ADE20K_DECODER =
            Signature.of(anchor("ppm.0.1.weight", -1, -1, 1, 1), anchor("conv_last.4.weight", -1, -1, 1, 1));
    private static final Signature BISENET = Signature.of(
            anchor("cp.resnet.conv1.weight", -1, 3, 7, 7),
            anchor("ffm.convblk.conv.weight", -1, -1, 1, 1),
            anchor("conv_out.conv_out.weight", -1, -1, 1, 1));
    private static final Signature BIGGAN_DEEP = Signature.of(
            anchor("embeddings.weight", -1, -1),
            anchor("generator.gen_z.weight_orig", -1, -1),
            anchor("generator.layers.0.bn_0.running_means", -1, -1),
            anchor("generator.conv_to_rgb.weight_orig", -1, -1, 3, 3));

    private static final Signature STAGE_TRUNK =
            Signature.of(anchor("stage0.conv0.weight", -1, 3, 3, 3), anchor("stage0.conv0.bias", -1));
    private static final Signature STYLE_STATISTICS =
            Signature.of(anchor("w_mean", -1), anchor("w_covariance", -1, -1), anchor("v_covariance", -1, -1));
    private static final Signature LATENTS = Signature.of(anchor("wplus", 1, -1, -1));
    private static final List<Signature> STYLE_COMPONENTS = List.of(
            Signature.of(anchor("lat_comp", -1, 1, -1), anchor("lat_mean", 1, -1), anchor("lat_stdev", -1)),
            Signature.of(anchor("comp", -1, 1, -1), anchor("mean", 1, -1), anchor("std", -1)));

    private final Contents all;

    private CheckpointRecognizer(Contents all) {
        this.all = all;
    }

    static Checkpoint recognize(Contents contents) {
        CheckpointRecognizer recognizer = new CheckpointRecognizer(contents);
        return Stream.<Optional<? extends Checkpoint>>of(
                        recognizer.encoder(),
                        recognizer.invertibilityNetwork(),
                        recognizer.generator(),
                        recognizer.bigGan(),
                        recognizer.perceptualHeads(),
                        recognizer.perceptualTrunk(),
                        recognizer.segmenter(),
                        recognizer.statistics())
                .flatMap(Optional::stream)
                .<Checkpoint>map(checkpoint -> checkpoint)
                .findFirst()
                .orElseGet(() -> new Checkpoint.Other(contents));
    }

    private Optional<String> prefix(Signature signature) {
        return signature.prefixes(all.tensors()).stream().findFirst();
    }

    private Optional<Generator> generator() {
        for (GeneratorNaming naming : GeneratorNaming.values()) {
            Optional<String> prefix = prefix(GENERATORS.get(naming));
            if (prefix.isPresent()) {
                SortedMap<String, StoredTensor> tensors =
                        new TreeMap<>(all.below(prefix.get(), name -> true).tensors());
                latentAverage().ifPresent(average -> tensors.putIfAbsent("latent_avg", average));
                return Optional.of(new Generator(new Contents(all.format(), tensors, all.metadata()), naming));
            }
        }
        return Optional.empty();
    }

    /** e4e and its relatives keep it at the top of the file, rosinality beside the network. */
    private Optional<StoredTensor> latentAverage() {
        return Optional.ofNullable(all.tensors().get("latent_avg"));
    }

    private Optional<Checkpoint.Encoder> encoder() {
        for (EncoderBackbone backbone : EncoderBackbone.values()) {
            Optional<String> prefix = prefix(ENCODERS.get(backbone));
            if (prefix.isPresent()) {
                Contents own = all.below(prefix.get(), CheckpointRecognizer::isWeight);
                int styles = (int) IntStream.iterate(0, j -> j + 1)
                        .takeWhile(j -> own.tensors().containsKey("styles." + j + ".linear.weight"))
                        .count();
                String stem = backbone == EncoderBackbone.IR_SE50 ? "input_layer.0.weight" : "conv1.weight";
                return Optional.of(new Checkpoint.Encoder(
                        own,
                        backbone,
                        styles,
                        own.tensors().get(stem).shape().size(1),
                        own.tensors().containsKey("latlayer1.weight"),
                        Optional.ofNullable(all.metadata().get("opts.encoder_type")),
                        latentAverage(),
                        generator()));
            }
        }
        return Optional.empty();
    }

    private Optional<Checkpoint> invertibilityNetwork() {
        return prefix(INVERTIBILITY).map(prefix -> {
            SortedMap<String, StoredTensor> tensors = new TreeMap<>(
                    all.below(prefix, CheckpointRecognizer::isWeight).tensors());
            SortedSet<String> spaces = new TreeSet<>();
            for (String head : INVERTIBILITY_HEAD.prefixes(all.tensors())) {
                String path = head.replaceFirst("\\.$", "");
                String space = path.substring(path.lastIndexOf('.') + 1);
                spaces.add(space);
                all.below(head, CheckpointRecognizer::isWeight)
                        .tensors()
                        .forEach((name, tensor) -> tensors.put(space + "." + name, tensor));
            }
            return new Checkpoint.InvertibilityNetwork(new Contents(all.format(), tensors, all.metadata()), spaces);
        });
    }

    private Optional<Checkpoint> bigGan() {
        return prefix(BIGGAN_DEEP).map(prefix -> {
            Contents own = all.below(prefix, name -> name.startsWith("embeddings.") || name.startsWith("generator."));
            return new Checkpoint.BigGanDeep(
                    own, own.tensors().get("embeddings.weight").shape().size(1));
        });
    }

    private Optional<Checkpoint> perceptualHeads() {
        Signature first = Signature.of(anchor("lin0.model.1.weight", 1, -1, 1, 1));
        return prefix(first).flatMap(prefix -> {
            Contents own = all.below(prefix, name -> name.matches("lin[0-9]\\.model\\.1\\.weight"));
            List<Integer> channels = own.tensors().values().stream()
                    .map(weight -> weight.shape().rank() == 4 ? weight.shape().size(1) : 0)
                    .toList();
            return Stream.of(Trunk.values())
                    .filter(trunk -> trunk.tapChannels().equals(channels))
                    .findFirst()
                    .map(trunk -> new Checkpoint.PerceptualHeads(own, trunk, torchvisionTrunk()));
        });
    }

    private Optional<Checkpoint> perceptualTrunk() {
        return torchvisionTrunk()
                .<Checkpoint>map(trunk -> trunk)
                .or(() -> prefix(STAGE_TRUNK)
                        .map(prefix -> new Checkpoint.StageTrunk(
                                all.below(prefix, name -> name.matches("stage[0-9]+\\.conv[0-9]+\\.(weight|bias)")))));
    }

    private Optional<Checkpoint.PerceptualTrunk> torchvisionTrunk() {
        return Stream.of(Trunk.values())
                .flatMap(trunk -> prefix(TRUNKS.get(trunk)).stream()
                        .map(prefix -> new Checkpoint.PerceptualTrunk(
                                all.below(prefix, name -> name.startsWith("features.")), trunk)))
                .findFirst();
    }

    private Optional<Checkpoint> statistics() {
        return prefix(STYLE_STATISTICS)
                .<Checkpoint>map(prefix -> new Checkpoint.StyleStatistics(all.below(prefix, name -> true)))
                .or(() -> prefix(LATENTS).map(prefix -> new Checkpoint.Inversion(all)))
                .or(() -> STYLE_COMPONENTS.stream()
                        .flatMap(signature -> prefix(signature).stream())
                        .findFirst()
                        .map(prefix -> new Checkpoint.StyleComponents(all.below(prefix, name -> true))));
    }

    private Optional<Checkpoint> segmenter() {
        return prefix(BISENET)
                .<Checkpoint>map(prefix -> {
                    Contents own = all.below(
                            prefix,
                            name -> isWeight(name)
                                    && !name.startsWith("conv_out16.")
                                    && !name.startsWith("conv_out32."));
                    return new Checkpoint.BiSeNet(
                            own,
                            own.tensors()
                                    .get("conv_out.conv_out.weight")
                                    .shape()
                                    .size(0));
                })
                .or(() -> prefix(ADE20K_DECODER).map(prefix -> {
                    Contents own = all.below(prefix, name -> isWeight(name) && !name.contains("deepsup"));
                    return new Checkpoint.Ade20kDecoder(
                            own, own.tensors().get("conv_last.4.weight").shape().size(0));
                }))
                .or(() -> prefix(ADE20K_ENCODER)
                        .map(prefix -> new Checkpoint.Ade20kEncoder(
                                all.below(prefix, name -> isWeight(name) && !name.startsWith("fc.")))));
    }

    /** Counters and running sums of training are no part of the network. */
    private static boolean isWeight(String name) {
        return !name.endsWith("num_batches_tracked")
                && !name.endsWith("_tmp_running_mean")
                && !name.endsWith("_tmp_running_var")
                && !name.endsWith("_running_iter");
    }
}
