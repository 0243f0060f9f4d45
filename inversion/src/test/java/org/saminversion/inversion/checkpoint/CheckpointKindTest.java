package org.saminversion.inversion.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.inversion.checkpoint.Checkpoint.EncoderBackbone;
import org.saminversion.inversion.checkpoint.Checkpoint.Trunk;

/** Networks are recognised by names and shapes, under whatever wrapper the file puts them. */
class CheckpointKindTest {
    private final SortedMap<String, StoredTensor> tensors = new TreeMap<>();

    private CheckpointKindTest with(String name, int... sizes) {
        Shape shape = Shape.of(sizes);
        tensors.put(name, new StoredTensor(ElementType.FLOAT32, shape, () -> {
            throw new AssertionError("recognition looks at shapes only");
        }));
        return this;
    }

    private Checkpoint recognized(Map<String, String> metadata) {
        return CheckpointRecognizer.recognize(new Contents(FileFormat.TORCH_ZIP, tensors, new TreeMap<>(metadata)));
    }

    private Checkpoint recognized() {
        return recognized(Map.of());
    }

    @Test
    void anEncoderOfThePspFamilyWithItsAverage() {
        with("state_dict.encoder.input_layer.0.weight", 64, 3, 3, 3)
                .with("state_dict.encoder.input_layer.1.num_batches_tracked")
                .with("state_dict.encoder.body.23.res_layer.3.weight", 512, 512, 3, 3)
                .with("state_dict.encoder.latlayer1.weight", 512, 256, 1, 1)
                .with("latent_avg", 16, 512);
        for (int j = 0; j < 16; j++) {
            with("state_dict.encoder.styles." + j + ".linear.weight", 512, 512);
        }
        Checkpoint.Encoder encoder =
                assertInstanceOf(Checkpoint.Encoder.class, recognized(Map.of("opts.encoder_type", "Encoder4Editing")));
        assertEquals(EncoderBackbone.IR_SE50, encoder.backbone());
        assertEquals(16, encoder.styles());
        assertEquals(3, encoder.inputChannels());
        assertTrue(encoder.featurePyramid());
        assertEquals(Optional.of("Encoder4Editing"), encoder.encoderType());
        assertEquals(Shape.of(16, 512), encoder.latentAverage().orElseThrow().shape());
        assertEquals(Optional.empty(), encoder.generator());
        assertTrue(encoder.tensors().containsKey("body.23.res_layer.3.weight"));
        assertTrue(encoder.tensors().keySet().stream().noneMatch(name -> name.contains("num_batches_tracked")));
    }

    @Test
    void aReStyleEncoderSeesSixChannels() {
        with("state_dict.encoder.conv1.weight", 64, 6, 7, 7)
                .with("state_dict.encoder.relu.weight", 64)
                .with("state_dict.encoder.body.15.conv2.weight", 512, 512, 3, 3)
                .with("state_dict.encoder.styles.0.linear.weight", 512, 512);
        Checkpoint.Encoder encoder = assertInstanceOf(Checkpoint.Encoder.class, recognized());
        assertEquals(EncoderBackbone.RESNET34, encoder.backbone());
        assertEquals(6, encoder.inputChannels());
        assertEquals(1, encoder.styles());
    }

    @ParameterizedTest
    @EnumSource(Trunk.class)
    void perceptualHeadsNameTheirTrunk(Trunk trunk) {
        for (int k = 0; k < trunk.tapChannels().size(); k++) {
            with("lin" + k + ".model.1.weight", 1, trunk.tapChannels().get(k), 1, 1);
        }
        Checkpoint.PerceptualHeads heads = assertInstanceOf(Checkpoint.PerceptualHeads.class, recognized());
        assertEquals(trunk, heads.trunk());
        assertEquals(trunk.tapChannels().size(), heads.tensors().size());
    }

    @Test
    void classifiersAreCutToTheirFeatures() {
        with("features.0.weight", 64, 3, 3, 3)
                .with("features.17.weight", 512, 256, 3, 3)
                .with("features.28.weight", 512, 512, 3, 3)
                .with("classifier.0.weight", 4096, 25088);
        Checkpoint.PerceptualTrunk trunk = assertInstanceOf(Checkpoint.PerceptualTrunk.class, recognized());
        assertEquals(Trunk.VGG16, trunk.trunk());
        assertEquals(
                Set.of("features.0.weight", "features.17.weight", "features.28.weight"),
                trunk.tensors().keySet());
    }

    @Test
    void alexNetAndSqueezeNet() {
        with("features.0.weight", 64, 3, 11, 11).with("features.10.weight", 256, 256, 3, 3);
        assertEquals(
                Trunk.ALEXNET,
                assertInstanceOf(Checkpoint.PerceptualTrunk.class, recognized()).trunk());
        tensors.clear();
        with("features.0.weight", 64, 3, 3, 3)
                .with("features.3.squeeze.weight", 16, 64, 1, 1)
                .with("features.12.expand3x3.weight", 256, 64, 3, 3);
        assertEquals(
                Trunk.SQUEEZENET,
                assertInstanceOf(Checkpoint.PerceptualTrunk.class, recognized()).trunk());
    }

    @Test
    void theInvertibilityNetworkWithItsHeads() {
        with("sd_base.module.backbone.conv1.weight", 64, 3, 7, 7)
                .with("sd_base.module.aspp.aspp1.atrous_conv.weight", 256, 2048, 1, 1)
                .with("sd_base.module.decoder.last_conv.8.weight", 8, 256, 1, 1);
        for (String space : new String[] {"W+", "F4", "F10"}) {
            with(space + ".m.0.weight", 8, 4, 3, 3)
                    .with(space + ".m.3.weight", 4, 1, 1, 1)
                    .with(space + ".m.3.bias", 1);
        }
        Checkpoint.InvertibilityNetwork network = assertInstanceOf(Checkpoint.InvertibilityNetwork.class, recognized());
        assertEquals(Set.of("W+", "F4", "F10"), network.latentSpaces());
        assertTrue(network.tensors().containsKey("backbone.conv1.weight"));
        assertTrue(network.tensors().containsKey("W+.m.3.bias"));
    }

    @Test
    void theSegmenters() {
        with("conv1.weight", 64, 3, 3, 3)
                .with("conv3.weight", 128, 64, 3, 3)
                .with("layer4.2.conv3.weight", 2048, 512, 1, 1)
                .with("bn1._tmp_running_mean", 64);
        assertEquals(
                3,
                assertInstanceOf(Checkpoint.Ade20kEncoder.class, recognized())
                        .tensors()
                        .size());
        tensors.clear();
        with("ppm.0.1.weight", 512, 2048, 1, 1)
                .with("conv_last.4.weight", 150, 512, 1, 1)
                .with("conv_last_deepsup.weight", 150, 512, 1, 1);
        Checkpoint.Ade20kDecoder decoder = assertInstanceOf(Checkpoint.Ade20kDecoder.class, recognized());
        assertEquals(150, decoder.classes());
        assertEquals(2, decoder.tensors().size());
        tensors.clear();
        with("cp.resnet.conv1.weight", 64, 3, 7, 7)
                .with("ffm.convblk.conv.weight", 256, 256, 1, 1)
                .with("conv_out.conv_out.weight", 19, 256, 1, 1)
                .with("conv_out16.conv_out.weight", 19, 64, 1, 1);
        Checkpoint.BiSeNet parser = assertInstanceOf(Checkpoint.BiSeNet.class, recognized());
        assertEquals(19, parser.classes());
        assertEquals(3, parser.tensors().size());
    }

    @Test
    void bigGanDeep() {
        with("embeddings.weight", 128, 1000)
                .with("generator.gen_z.weight_orig", 32768, 256)
                .with("generator.layers.0.bn_0.running_means", 51, 2048)
                .with("generator.conv_to_rgb.weight_orig", 128, 128, 3, 3);
        assertEquals(
                1000,
                assertInstanceOf(Checkpoint.BigGanDeep.class, recognized()).classes());
    }

    @Test
    void theAveragedGeneratorIsPreferred() {
        for (String prefix : new String[] {"g.", "g_ema."}) {
            with(prefix + "input.input", 1, 512, 4, 4)
                    .with(prefix + "conv1.conv.weight", 1, 512, 512, 3, 3)
                    .with(prefix + "style.1.weight", 512, prefix.equals("g.") ? 1 : 512);
        }
        Checkpoint.Generator generator = assertInstanceOf(Checkpoint.Generator.class, recognized());
        assertEquals(Checkpoint.GeneratorNaming.ROSINALITY, generator.naming());
        assertEquals(
                Shape.of(512, 512), generator.tensors().get("style.1.weight").shape());
    }

    @Test
    void likeNamesWithOtherShapesAreNotMistaken() {
        with("features.0.weight", 32, 3, 3, 3).with("conv1.weight", 64, 3, 7, 7).with("embeddings.weight", 3);
        assertInstanceOf(Checkpoint.Other.class, recognized());
    }
}
