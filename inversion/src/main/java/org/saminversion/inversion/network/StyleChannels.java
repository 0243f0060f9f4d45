package org.saminversion.inversion.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.graph.Value;

/**
 * The style space S of a generator, without the styles of its colour layers (spec edits.md 2): by what each convolution scales the
 * channels of its input. Tensors over it have a row for each convolution, that of style i being row i, and as many columns as the
 * widest has channels; what a narrower row has beyond its channels has no meaning.
 *
 * @param channels of each convolution's input; empty for generators that have no such space
 */
public record StyleChannels(List<Integer> channels) {
    /** Of generators without a style space. */
    public static final StyleChannels NONE = new StyleChannels(List.of());

    public StyleChannels {
        channels = List.copyOf(channels);
    }

    static StyleChannels of(Map<String, Tensor> generator, int resolution) {
        List<Integer> channels = new ArrayList<>();
        for (int style = 0; resolution(style) <= resolution; style++) {
            channels.add(generator.get(layer(style) + ".affine.bias").shape().size(0));
        }
        return new StyleChannels(channels);
    }

    /** The layer that style i belongs to, such as {@code synthesis.b8.conv0} for i = 1. */
    public static String layer(int style) {
        return "synthesis.b" + resolution(style) + (style % 2 == 1 ? ".conv0" : ".conv1");
    }

    /** Side in pixels of what the convolution of a style makes. */
    public static int resolution(int style) {
        return 4 << (style + 1) / 2;
    }

    /** Convolutions. */
    public int rows() {
        return channels.size();
    }

    /** Channels of the widest convolution; 0 if there is none. */
    public int width() {
        return channels.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Of a tensor over the style space for several images. */
    public Shape shape(int batch) {
        return Shape.of(batch, rows(), width());
    }

    /**
     * The row of a style.
     *
     * @param values [N,rows,width]
     * @return [N,C], C the channels of its convolution
     */
    public Value row(Value values, int style) {
        return values.slice(1, style, style + 1)
                .reshape(values.shape().size(0), width())
                .slice(1, 0, channels.get(style));
    }
}
