package org.saminversion.inversion.checkpoint;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Tensor;

/**
 * The sizes of a StyleGAN2 generator (skip architecture), as its tensors give them away. Source: spec networks.md 1.1.
 *
 * @param zDim length of a latent code z
 * @param wDim length of a style vector w
 * @param classes c_dim: 0 for a generator without labels
 * @param mappingLayers fully connected layers from z to w
 * @param resolution of the image, a power of two from 8 to 4096
 * @param imageChannels 3 for colour
 * @param channels feature channels by block resolution, from 4
 * @param convClamp bound on the magnitude of every convolution's output; absent if unbounded
 */
public record GeneratorArchitecture(
        int zDim,
        int wDim,
        int classes,
        int mappingLayers,
        int resolution,
        int imageChannels,
        SortedMap<Integer, Integer> channels,
        OptionalDouble convClamp) {
    private static final int RESOLUTION_MAXIMUM = 4096;
    private static final int MAPPING_LAYERS_MAXIMUM = 64;

    public GeneratorArchitecture {
        channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
    }

    /** How many style vectors the synthesis network takes: 2 log2(resolution) - 2. */
    public int styles() {
        return 2 * (31 - Integer.numberOfLeadingZeros(resolution)) - 2;
    }

    /**
     * Derives the sizes and checks every tensor of the network against them.
     *
     * @param tensors under ADA names
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if a tensor is missing or its shape does not fit
     */
    static GeneratorArchitecture derive(Map<String, Tensor> tensors, OptionalDouble convClamp, String file) {
        GeneratorShapes shapes = new GeneratorShapes(tensors, file);
        SortedMap<Integer, Integer> channels = new TreeMap<>();
        channels.put(4, shapes.size("synthesis.b4.const", 0));
        int resolution = 4;
        while (resolution < RESOLUTION_MAXIMUM && shapes.has("synthesis.b" + 2 * resolution + ".conv1.weight")) {
            resolution *= 2;
            channels.put(resolution, shapes.size("synthesis.b" + resolution + ".conv1.weight", 0));
        }
        int layers = 0;
        while (layers < MAPPING_LAYERS_MAXIMUM && shapes.has("mapping.fc" + layers + ".weight")) {
            layers++;
        }
        int wDim = shapes.size("synthesis.b4.conv1.affine.weight", 1);
        boolean labelled = shapes.has("mapping.embed.weight");
        int classes = labelled ? shapes.size("mapping.embed.weight", 1) : 0;
        int zDim = shapes.size("mapping.fc0.weight", 1) - (labelled ? shapes.size("mapping.embed.weight", 0) : 0);
        GeneratorArchitecture architecture = new GeneratorArchitecture(
                zDim,
                wDim,
                classes,
                layers,
                resolution,
                shapes.size("synthesis.b4.torgb.weight", 0),
                channels,
                convClamp);
        architecture.requireAll(shapes, labelled);
        return architecture;
    }

    private void requireAll(GeneratorShapes shapes, boolean labelled) {
        if (resolution < 8 || zDim < 0) {
            shapes.refuse("its blocks do not form a StyleGAN2 generator of 8 pixels or more");
        }
        requireMapping(shapes, labelled);
        shapes.require("synthesis.b4.const", channels.get(4), 4, 4);
        channels.forEach((size, outputs) -> {
            String block = "synthesis.b" + size;
            shapes.require(block + ".resample_filter", 4, 4);
            if (size > 4) {
                requireConvolution(shapes, block + ".conv0", channels.get(size / 2), outputs, size);
            }
            requireConvolution(shapes, block + ".conv1", outputs, outputs, size);
            shapes.require(block + ".torgb.weight", imageChannels, outputs, 1, 1);
            shapes.require(block + ".torgb.bias", imageChannels);
            requireAffine(shapes, block + ".torgb", outputs);
        });
    }

    private void requireMapping(GeneratorShapes shapes, boolean labelled) {
        if (labelled) {
            shapes.require("mapping.embed.weight", wDim, classes);
            shapes.require("mapping.embed.bias", wDim);
        }
        if (shapes.has("mapping.w_avg")) {
            shapes.require("mapping.w_avg", wDim);
        }
        int inputs = shapes.size("mapping.fc0.weight", 1);
        for (int layer = 0; layer < mappingLayers; layer++) {
            String name = "mapping.fc" + layer;
            int outputs = layer == mappingLayers - 1 ? wDim : shapes.size(name + ".weight", 0);
            shapes.require(name + ".weight", outputs, inputs);
            shapes.require(name + ".bias", outputs);
            inputs = outputs;
        }
    }

    private void requireConvolution(GeneratorShapes shapes, String layer, int inputs, int outputs, int size) {
        shapes.require(layer + ".weight", outputs, inputs, 3, 3);
        shapes.require(layer + ".bias", outputs);
        // A generator made without noise has neither.
        if (shapes.has(layer + ".noise_strength") || shapes.has(layer + ".noise_const")) {
            shapes.require(layer + ".noise_strength", 1);
            shapes.require(layer + ".noise_const", size, size);
        }
        shapes.require(layer + ".resample_filter", 4, 4);
        requireAffine(shapes, layer, inputs);
    }

    private void requireAffine(GeneratorShapes shapes, String layer, int inputs) {
        shapes.require(layer + ".affine.weight", inputs, wDim);
        shapes.require(layer + ".affine.bias", inputs);
    }
}
