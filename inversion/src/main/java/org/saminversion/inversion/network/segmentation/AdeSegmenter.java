package org.saminversion.inversion.network.segmentation;

import org.saminversion.graph.Graph;
import org.saminversion.graph.Value;
import org.saminversion.inversion.network.layer.Layers;
import org.saminversion.inversion.network.layer.NamedTensors;
import org.saminversion.inversion.network.layer.ResidualBlocks;
import org.saminversion.inversion.network.layer.Resizing;

/** The segmenter of 150 ADE20K labels: dilated ResNet-50 and pyramid pooling (spec networks.md 7.1). */
public final class AdeSegmenter {
    private static final int[] BINS = {1, 2, 3, 6};

    private final Layers encoder;
    private final Layers decoder;

    /**
     * @param encoder tensors of {@code encoder_epoch_20.pth}
     * @param decoder tensors of {@code decoder_epoch_20.pth}; the deep supervision branch is not needed
     */
    public AdeSegmenter(Graph graph, NamedTensors encoder, NamedTensors decoder) {
        this.encoder = new Layers(graph, encoder);
        this.decoder = new Layers(graph, decoder);
    }

    /**
     * Scores before the softmax.
     *
     * @param input [N,3,H,W] as {@link ImageNetInput} gives it
     * @return [N,150,h,w], h and w about an eighth of H and W
     */
    public Value scores(Value input) {
        Value features = features(input);
        int height = features.shape().size(2);
        int width = features.shape().size(3);
        Value[] parts = new Value[1 + BINS.length];
        parts[0] = features;
        for (int i = 0; i < BINS.length; i++) {
            Value pooled = Resizing.adaptiveMean(features, BINS[i]);
            parts[1 + i] = decoder.normalisedConvolution(pooled, "ppm." + i + ".1", "ppm." + i + ".2")
                    .relu()
                    .bilinear(height, width, false);
        }
        Value joined = Value.concatenate(1, parts);
        Value last = decoder.normalisedConvolution(joined, "conv_last.0", "conv_last.1")
                .relu();
        return decoder.convolution(last, "conv_last.4");
    }

    /**
     * Probabilities of the labels at a size of their own; SAM's is 192 x 256 whatever the image.
     *
     * @return [N,150,height,width]
     */
    public Value probabilities(Value input, int height, int width) {
        return scores(input).bilinear(height, width, false).softmax(1);
    }

    private Value features(Value input) {
        Value x = encoder.normalisedConvolution(input, "conv1", "bn1", 2, 1).relu();
        x = encoder.normalisedConvolution(x, "conv2", "bn2").relu();
        x = ResidualBlocks.stemPool(
                encoder.normalisedConvolution(x, "conv3", "bn3").relu());
        x = ResidualBlocks.bottleneckStage(x, encoder.under("layer1"), 1, block -> 1);
        x = ResidualBlocks.bottleneckStage(x, encoder.under("layer2"), 2, block -> 1);
        x = ResidualBlocks.bottleneckStage(x, encoder.under("layer3"), 1, block -> block == 0 ? 1 : 2);
        return ResidualBlocks.bottleneckStage(x, encoder.under("layer4"), 1, block -> block == 0 ? 2 : 4);
    }
}
