package org.saminversion.inversion.network;

import java.util.Map;
import org.saminversion.graph.Graph;
import org.saminversion.graph.Shape;

/**
 * The weights of a generator that photographs are inverted into: it paints from a code for each of its layers, and hands features
 * of rising resolution from block to block.
 */
public interface GeneratorWeights {
    /** L, the number of codes. */
    int styles();

    /** Length of one code. */
    int wDimension();

    /** Side length of the image in pixels. */
    int resolution();

    /** Channels of the features that the block of a resolution hands on. */
    int channels(int resolution);

    /** By what its convolutions scale their inputs; {@link StyleChannels#NONE} for generators that do not work like that. */
    StyleChannels styleChannels();

    /** Names and shapes of the noise inputs that {@link NoiseMode#RANDOM} makes; empty for generators without noise. */
    Map<String, Shape> noiseInputs();

    /** The generator with these weights. */
    ImageGenerator in(Graph graph, NoiseMode noiseMode);
}
