package org.saminversion.inversion.importing;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;
import org.saminversion.inversion.bundle.BundleDescription;
import org.saminversion.inversion.bundle.EncoderDescription;
import org.saminversion.inversion.bundle.EncoderDescription.Kind;
import org.saminversion.inversion.checkpoint.Checkpoint;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.image.ImageLayout;
import org.saminversion.inversion.importing.SourceFiles.Of;
import org.saminversion.inversion.network.encoder.CodeComposition;
import org.saminversion.inversion.network.encoder.StyleEncoder;
import org.saminversion.inversion.network.layer.NamedTensors;

/** An encoder of the pSp family for a bundle (spec networks.md 4 and 5). */
record EncoderPart(EncoderDescription description, SortedMap<String, Tensor> tensors) {
    private static final Pattern STYLE = Pattern.compile("styles\\.([0-9]+)\\..*");
    private static final String AVERAGE = "latent_avg";
    /** Longer side of the pictures that one-pass encoders of the family are trained on. */
    private static final int INPUT_SIDE = 256;

    private static final int INPUT_CHANNELS_OF_RESTYLE = 6;

    /**
     * @param chosen what it is, where the file does not say
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if nobody says what it is, or it does not fit the generator
     */
    static EncoderPart of(Of<Checkpoint.Encoder> found, BundleDescription bundle, Optional<Kind> chosen) {
        Kind kind = kind(found, chosen);
        int styles = bundle.generator().styles();
        if (found.checkpoint().styles() < styles) {
            throw found.source()
                    .refused("it gives " + found.checkpoint().styles() + " style vectors, and the generator takes "
                            + styles);
        }
        SortedMap<String, Tensor> tensors = firstStyles(found.checkpoint().load(), styles);
        average(found.checkpoint(), kind, bundle).ifPresent(average -> tensors.put(AVERAGE, average));
        ImageLayout layout = bundle.layout();
        int longer = Math.max(layout.targetWidth(), layout.targetHeight());
        EncoderDescription description = new EncoderDescription(
                kind,
                "encoder-" + kind.label() + ".safetensors",
                kind.isIterative() ? layout.targetWidth() : INPUT_SIDE * layout.targetWidth() / longer,
                kind.isIterative() ? layout.targetHeight() : INPUT_SIDE * layout.targetHeight() / longer);
        EncoderPart part = new EncoderPart(description, tensors);
        part.requireFits(found, bundle);
        return part;
    }

    private static Kind kind(Of<Checkpoint.Encoder> found, Optional<Kind> chosen) {
        boolean iterative = found.checkpoint().inputChannels() == INPUT_CHANNELS_OF_RESTYLE;
        Optional<Kind> named = found.checkpoint().encoderType().flatMap(type -> switch (type) {
            case "Encoder4Editing" -> Optional.of(Kind.E4E);
            case "ProgressiveBackboneEncoder", "ResNetProgressiveBackboneEncoder" -> Optional.of(Kind.RESTYLE_E4E);
            case "GradualStyleEncoder" -> Optional.of(Kind.PSP);
            case "BackboneEncoder", "ResNetBackboneEncoder" -> Optional.of(Kind.RESTYLE_PSP);
            default -> Optional.empty();
        });
        Kind kind = named.or(() -> chosen)
                .orElseThrow(() -> found.source()
                        .refused("the file does not say whether its encoder is e4e or pSp: choose with --encoder="
                                + (iterative ? "restyle-e4e or restyle-psp" : "e4e or psp")));
        if (kind.isIterative() != iterative || kind == Kind.COMPACT) {
            throw found.source()
                    .refused("an encoder of " + found.checkpoint().inputChannels() + " input channels is not of kind "
                            + kind.label());
        }
        return kind;
    }

    /** Checkpoints for cars come with the heads of a larger generator, which their own code leaves out too. */
    private static SortedMap<String, Tensor> firstStyles(SortedMap<String, Tensor> all, int styles) {
        SortedMap<String, Tensor> kept = new TreeMap<>(all);
        kept.keySet().removeIf(name -> {
            Matcher style = STYLE.matcher(name);
            return style.matches() && Integer.parseInt(style.group(1)) >= styles;
        });
        return kept;
    }

    private static Optional<Tensor> average(Checkpoint.Encoder encoder, Kind kind, BundleDescription bundle) {
        int width = bundle.generator().wDim();
        boolean fromZero = "false".equals(encoder.metadata().get("opts.start_from_latent_avg"));
        if (fromZero && !kind.isIterative()) {
            return Optional.of(Tensor.zeros(Shape.of(width)));
        }
        return encoder.latentAverage().map(stored -> {
            Tensor average = stored.load();
            int needed = bundle.generator().styles() * width;
            return average.shape().elements() <= needed
                    ? average
                    : Tensor.of(
                            Shape.of(bundle.generator().styles(), width), Arrays.copyOf(average.toFloats(), needed));
        });
    }

    /** Builds the network without compiling it, which tells whether every tensor is there and has its shape. */
    private void requireFits(Of<Checkpoint.Encoder> found, BundleDescription bundle) {
        Graph graph = new Graph();
        Value image = graph.input(
                "image", 1, found.checkpoint().inputChannels(), description.inputHeight(), description.inputWidth());
        Shape codes;
        try {
            codes = new StyleEncoder(
                            graph, new NamedTensors(description.kind().label(), tensors), CodeComposition.SEPARATE)
                    .codes(image)
                    .shape();
        } catch (IllegalArgumentException unfit) {
            throw found.source().refused("its encoder does not fit the bundle: " + unfit.getMessage());
        }
        Shape expected =
                Shape.of(1, bundle.generator().styles(), bundle.generator().wDim());
        if (!codes.equals(expected)) {
            throw found.source().refused("its encoder gives " + codes + ", and the generator takes " + expected);
        }
    }

    void write(StagingFolder staging) {
        SafetensorsFile.of(tensors, Map.of()).write(staging.folder().resolve(description.file()));
    }
}
