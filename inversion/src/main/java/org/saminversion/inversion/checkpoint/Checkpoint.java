package org.saminversion.inversion.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.saminversion.graph.Tensor;

/**
 * A checkpoint file, recognised by the names and shapes of its tensors. Tensor names are those of spec networks.md, without
 * the wrappers ({@code state_dict.}, {@code module.}, {@code g_ema.} and the like) that files add.
 */
public sealed interface Checkpoint {
    Contents contents();

    /** What this is, for people. */
    String description();

    /** The tensors of the network under canonical names. */
    default SortedMap<String, StoredTensor> tensors() {
        return contents().tensors();
    }

    /** All numbers of the network. @return tensors under canonical names, in the types that the file had */
    default SortedMap<String, Tensor> load() {
        SortedMap<String, Tensor> loaded = new TreeMap<>();
        tensors().forEach((name, tensor) -> loaded.put(name, tensor.load()));
        return loaded;
    }

    /** Short texts and numbers that the file holds beside tensors, with the file's own names. */
    default SortedMap<String, String> metadata() {
        return contents().metadata();
    }

    /** Whose names a StyleGAN2 generator's tensors have. */
    enum GeneratorNaming {
        /** NVIDIA's PyTorch code; this project's own. */
        ADA,
        /** NVIDIA's TensorFlow code. */
        TENSORFLOW,
        /** The rosinality implementation, used by e4e, pSp and ReStyle. */
        ROSINALITY
    }

    /** The networks that perceptual distances are measured in. */
    enum Trunk {
        VGG16(List.of(64, 128, 256, 512, 512)),
        ALEXNET(List.of(64, 192, 384, 256, 256)),
        SQUEEZENET(List.of(64, 128, 256, 384, 384, 512, 512));

        private final List<Integer> tapChannels;

        Trunk(List<Integer> tapChannels) {
            this.tapChannels = tapChannels;
        }

        /** Channels of the features that LPIPS compares, one per tap. */
        public List<Integer> tapChannels() {
            return tapChannels;
        }
    }

    /** The body of an encoder. */
    enum EncoderBackbone {
        IR_SE50,
        RESNET34
    }

    /** A StyleGAN2 generator; {@link GeneratorImporter} brings it under this project's names. */
    record Generator(Contents contents, GeneratorNaming naming) implements Checkpoint {
        @Override
        public String description() {
            return "StyleGAN2 generator, " + naming + " names, in a "
                    + contents.format().description();
        }
    }

    /**
     * A BigGAN-deep generator.
     *
     * @param classes how many classes it knows
     */
    record BigGanDeep(Contents contents, int classes) implements Checkpoint {
        @Override
        public String description() {
            return "BigGAN-deep generator of " + classes + " classes";
        }
    }

    /**
     * An encoder of the pSp, e4e or ReStyle family.
     *
     * @param styles number of style heads
     * @param inputChannels 3, or 6 for ReStyle, which also sees its last result
     * @param featurePyramid whether heads look at three scales (pSp, e4e) or at one
     * @param encoderType the class named by the file, such as {@code Encoder4Editing}; needed to tell e4e from pSp
     * @param latentAverage [L,512] or [512], added to the code
     * @param generator the generator that it was trained with
     */
    record Encoder(
            Contents contents,
            EncoderBackbone backbone,
            int styles,
            int inputChannels,
            boolean featurePyramid,
            Optional<String> encoderType,
            Optional<StoredTensor> latentAverage,
            Optional<Generator> generator)
            implements Checkpoint {
        @Override
        public String description() {
            return encoderType.orElse("pSp, e4e or ReStyle encoder") + " with " + styles + " styles";
        }
    }

    /**
     * The weights of LPIPS on top of a trunk: {@code lin{k}.model.1.weight} [1,C,1,1].
     *
     * @param trunk what they are for
     * @param beside the trunk itself, if the same file holds it
     */
    record PerceptualHeads(Contents contents, Trunk trunk, Optional<PerceptualTrunk> beside) implements Checkpoint {
        @Override
        public String description() {
            return "LPIPS weights for " + trunk + (beside.isPresent() ? " with the trunk" : "");
        }
    }

    /** An image classifier of torchvision; only its {@code features.*} are kept. */
    record PerceptualTrunk(Contents contents, Trunk trunk) implements Checkpoint {
        @Override
        public String description() {
            return trunk + " trunk";
        }
    }

    /** A perceptual trunk of this project's own kind: {@code stage{s}.conv{c}.weight|bias}. */
    record StageTrunk(Contents contents) implements Checkpoint {
        @Override
        public String description() {
            return "perceptual trunk of stages";
        }
    }

    /** Mean and covariance of W: {@code w_mean}, {@code w_covariance}, {@code v_mean}, {@code v_covariance}. */
    record StyleStatistics(Contents contents) implements Checkpoint {
        @Override
        public String description() {
            return "statistics of W";
        }
    }

    /** Principal components of W, as GANSpace ({@code lat_comp}) or e4e ({@code comp}) store them. */
    record StyleComponents(Contents contents) implements Checkpoint {
        @Override
        public String description() {
            return "principal components of W";
        }
    }

    /**
     * The invertibility network: {@code backbone.*}, {@code aspp.*}, {@code decoder.*} and per latent space a head
     * {@code F4.m.0.weight} and so on.
     */
    record InvertibilityNetwork(Contents contents, SortedSet<String> latentSpaces) implements Checkpoint {
        @Override
        public String description() {
            return "invertibility network with heads for " + latentSpaces;
        }
    }

    /** The encoder half of the ADE20K segmenter (dilated ResNet-50). */
    record Ade20kEncoder(Contents contents) implements Checkpoint {
        @Override
        public String description() {
            return "ADE20K segmentation encoder";
        }
    }

    /** The decoder half of the ADE20K segmenter (pyramid pooling). */
    record Ade20kDecoder(Contents contents, int classes) implements Checkpoint {
        @Override
        public String description() {
            return "ADE20K segmentation decoder of " + classes + " classes";
        }
    }

    /** The BiSeNet face parser. */
    record BiSeNet(Contents contents, int classes) implements Checkpoint {
        @Override
        public String description() {
            return "BiSeNet face parser of " + classes + " classes";
        }
    }

    /** The latents of an inverted photograph, as this project writes them. */
    record Inversion(Contents contents) implements Checkpoint {
        @Override
        public String description() {
            return "latents of an inverted photograph";
        }
    }

    /** Readable, but none of the networks above: for example directions or photographs. */
    record Other(Contents contents) implements Checkpoint {
        @Override
        public String description() {
            return "no network that is known here: " + contents.format().description() + " with "
                    + contents.tensors().size()
                    + (contents.tensors().size() == 1 ? " tensor" : " tensors");
        }
    }
}
