package org.saminversion.inversion.bundle;

/** The network whose features the perceptual loss compares. */
public sealed interface PerceptualDescription {
    /** The kind in {@code bundle.yaml}. */
    String kind();

    /** Safetensors with its weights. */
    String file();

    /**
     * A bundle's own trunk: stages of 3x3 convolutions (padding 1, ReLU), a 2x2 maximum pooling between stages, one tap at
     * the end of each stage, every channel of weight 1. Tensors {@code stage{s}.conv{c}.weight|bias}; input RGB in [-1,1].
     */
    record Trunk(String file, int stages, int convolutionsPerStage) implements PerceptualDescription {
        public static final String KIND = "trunk";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** LPIPS v0.1 on VGG16, trunk and heads in one file; input RGB in [-1,1]. */
    record LpipsVgg(String file) implements PerceptualDescription {
        public static final String KIND = "lpips-vgg";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** LPIPS v0.1 on AlexNet, trunk and heads in one file; input RGB in [-1,1]. */
    record LpipsAlex(String file) implements PerceptualDescription {
        public static final String KIND = "lpips-alex";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** LPIPS v0.1 on SqueezeNet 1.1, trunk and heads in one file; input RGB in [-1,1]. */
    record LpipsSqueeze(String file) implements PerceptualDescription {
        public static final String KIND = "lpips-squeeze";

        @Override
        public String kind() {
            return KIND;
        }
    }
}
