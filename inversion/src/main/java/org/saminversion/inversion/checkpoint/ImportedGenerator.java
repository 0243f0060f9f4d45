package org.saminversion.inversion.checkpoint;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.file.SafetensorsFile;

/**
 * A StyleGAN2 generator under this project's names.
 *
 * @param tensors as spec networks.md 1.1 lists them, FLOAT32; {@code noise_strength} has the shape [1]
 * @param warnings what the file lacked or what was left out, for the person who imports it
 */
public record ImportedGenerator(
        GeneratorArchitecture architecture, SortedMap<String, Tensor> tensors, List<String> warnings) {
    public ImportedGenerator {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
        warnings = List.copyOf(warnings);
    }

    /** The sizes as text, in the form that a bundle's generator file carries. */
    public Map<String, String> metadata() {
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put("format", "stylegan2-ada");
        metadata.put("z_dim", Integer.toString(architecture.zDim()));
        metadata.put("w_dim", Integer.toString(architecture.wDim()));
        metadata.put("c_dim", Integer.toString(architecture.classes()));
        metadata.put("mapping_layers", Integer.toString(architecture.mappingLayers()));
        metadata.put("img_resolution", Integer.toString(architecture.resolution()));
        metadata.put("img_channels", Integer.toString(architecture.imageChannels()));
        metadata.put(
                "conv_clamp",
                architecture.convClamp().isPresent()
                        ? Double.toString(architecture.convClamp().getAsDouble())
                        : "none");
        return metadata;
    }

    /** The contents of a bundle's {@code generator.safetensors}. */
    public SafetensorsFile toSafetensors() {
        return SafetensorsFile.of(tensors, metadata());
    }
}
