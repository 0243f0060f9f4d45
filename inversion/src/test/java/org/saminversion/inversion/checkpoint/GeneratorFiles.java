package org.saminversion.inversion.checkpoint;

import static org.saminversion.inversion.checkpoint.PickleWriter.NONE;
import static org.saminversion.inversion.checkpoint.PickleWriter.call;
import static org.saminversion.inversion.checkpoint.PickleWriter.name;
import static org.saminversion.inversion.checkpoint.PickleWriter.orderedDictionary;
import static org.saminversion.inversion.checkpoint.PickleWriter.pickle;
import static org.saminversion.inversion.checkpoint.PickleWriter.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.checkpoint.PickleWriter.Call;
import org.saminversion.inversion.checkpoint.PickleWriter.PersistentId;

/** Small random generators, and the same in the files of every origin. */
public final class GeneratorFiles {
    private GeneratorFiles() {}

    /** @param channels per resolution from 4 */
    public record Sizes(int zDim, int wDim, int classes, int mappingLayers, int... channels) {}

    public static SortedMap<String, Tensor> generator(Sizes sizes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        int inputs = sizes.zDim;
        if (sizes.classes > 0) {
            put(tensors, random, "mapping.embed.weight", sizes.wDim, sizes.classes);
            put(tensors, random, "mapping.embed.bias", sizes.wDim);
            inputs += sizes.wDim;
        }
        for (int i = 0; i < sizes.mappingLayers; i++) {
            put(tensors, random, "mapping.fc" + i + ".weight", sizes.wDim, i == 0 ? inputs : sizes.wDim);
            put(tensors, random, "mapping.fc" + i + ".bias", sizes.wDim);
        }
        put(tensors, random, "mapping.w_avg", sizes.wDim);
        put(tensors, random, "synthesis.b4.const", sizes.channels[0], 4, 4);
        Tensor filter = GeneratorTensors.resampleFilter(new float[] {1, 3, 3, 1});
        for (int i = 0; i < sizes.channels.length; i++) {
            String block = "synthesis.b" + (4 << i);
            int channels = sizes.channels[i];
            tensors.put(block + ".resample_filter", filter);
            for (int conv = i == 0 ? 1 : 0; conv < 2; conv++) {
                String layer = block + ".conv" + conv;
                int in = conv == 0 ? sizes.channels[i - 1] : channels;
                put(tensors, random, layer + ".weight", channels, in, 3, 3);
                put(tensors, random, layer + ".bias", channels);
                put(tensors, random, layer + ".noise_strength", 1);
                put(tensors, random, layer + ".noise_const", 4 << i, 4 << i);
                put(tensors, random, layer + ".affine.weight", in, sizes.wDim);
                put(tensors, random, layer + ".affine.bias", in);
                tensors.put(layer + ".resample_filter", filter);
            }
            put(tensors, random, block + ".torgb.weight", 3, channels, 1, 1);
            put(tensors, random, block + ".torgb.bias", 3);
            put(tensors, random, block + ".torgb.affine.weight", channels, sizes.wDim);
            put(tensors, random, block + ".torgb.affine.bias", channels);
        }
        return tensors;
    }

    /** Multiples of 1/128 in [-1,1): adding and subtracting 1 is exact, as the TensorFlow form needs. */
    private static void put(SortedMap<String, Tensor> tensors, SplittableRandom random, String name, int... sizes) {
        float[] values = new float[Shape.of(sizes).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(-128, 128) / 128f;
        }
        tensors.put(name, Tensor.of(Shape.of(sizes), values));
    }

    // NVIDIA, PyTorch

    /** A StyleGAN2-ADA pickle: nested modules, each storage a legacy PyTorch stream of its own. */
    public static byte[] ada(SortedMap<String, Tensor> tensors, Object convClamp) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("G", NONE);
        root.put("D", NONE);
        root.put("G_ema", module(tensors, "", convClamp));
        root.put(
                "training_set_kwargs", new Call(name("dnnlib.util", "EasyDict"), List.of(), Map.of("path", "x"), NONE));
        return pickle(4, root);
    }

    /** The same with all three networks, each with storages of its own, as files that are published have them. */
    public static byte[] adaOfThree(SortedMap<String, Tensor> tensors) {
        Map<String, Object> root = new LinkedHashMap<>();
        for (String network : List.of("G", "D", "G_ema")) {
            root.put(network, module(tensors, "", NONE));
        }
        return pickle(4, root);
    }

    private static Object module(SortedMap<String, Tensor> tensors, String prefix, Object convClamp) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        Map<String, Object> buffers = new LinkedHashMap<>();
        Map<String, Object> modules = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                continue;
            }
            String rest = entry.getKey().substring(prefix.length());
            int dot = rest.indexOf('.');
            if (dot > 0) {
                String child = rest.substring(0, dot);
                modules.computeIfAbsent(child, key -> module(tensors, prefix + key + ".", convClamp));
            } else if (rest.matches("w_avg|noise_const|resample_filter")) {
                buffers.put(rest, adaTensor(rest, entry.getValue()));
            } else {
                parameters.put(
                        rest,
                        call(
                                "torch._utils",
                                "_rebuild_parameter",
                                adaTensor(rest, entry.getValue()),
                                true,
                                orderedDictionary(Map.of())));
            }
        }
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("training", false);
        state.put("_parameters", orderedDictionary(parameters));
        state.put("_buffers", orderedDictionary(buffers));
        state.put("_modules", orderedDictionary(modules));
        state.put("_backward_hooks", orderedDictionary(Map.of()));
        state.put("weight_gain", numpyScalar("f8", new byte[8]));
        state.put("conv_clamp", convClamp);
        state.put("_init_args", tuple());
        state.put("_init_kwargs", Map.of("conv_clamp", convClamp));
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("type", "class");
        description.put("version", 6);
        description.put("module_src", "raise SystemExit('never run')");
        description.put("class_name", "Module");
        description.put("state", state);
        return call("torch_utils.persistence", "_reconstruct_persistent_obj", description);
    }

    private static Object adaTensor(String name, Tensor tensor) {
        byte[] data = bytes(tensor);
        PersistentId id =
                new PersistentId(tuple("storage", name("torch", "FloatStorage"), "7", "cpu", data.length / 4, NONE));
        Object storage = call("torch.storage", "_load_from_bytes", (Object) TorchFiles.legacy(id, Map.of("7", data)));
        Object[] sizes = name.equals("noise_strength")
                ? new Object[0]
                : Arrays.stream(tensor.shape().toArray()).boxed().toArray();
        return TorchFiles.rebuilt(storage, 0, sizes, TorchFiles.denseStrides(sizes));
    }

    // NVIDIA, TensorFlow

    /** A TensorFlow-era pickle: a tuple of three networks, the last of which is the averaged generator. */
    public static byte[] tensorFlow(SortedMap<String, Tensor> tensors) {
        Map<String, Tensor> mapping = new LinkedHashMap<>();
        Map<String, Tensor> synthesis = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith("mapping.fc")) {
                String dense = name.replaceFirst("mapping\\.fc", "Dense").replace('.', '/');
                mapping.put(dense, tensor.shape().rank() == 2 ? Arrangement.permute(tensor, 1, 0) : tensor);
            } else if (name.startsWith("mapping.embed.")) {
                mapping.put(
                        name.replace("mapping.embed.", "LabelEmbed/"),
                        tensor.shape().rank() == 2 ? Arrangement.permute(tensor, 1, 0) : tensor);
            } else if (name.startsWith("synthesis.") && !name.endsWith("resample_filter")) {
                putTensorFlow(synthesis, name, tensor);
            }
        });
        Object generator = network(
                Map.of("dlatent_avg", tensors.get("mapping.w_avg")),
                Map.of("mapping", network(mapping, Map.of()), "synthesis", network(synthesis, Map.of())));
        Object other = network(Map.of(), Map.of());
        return pickle(4, tuple(other, other, generator));
    }

    private static void putTensorFlow(Map<String, Tensor> variables, String name, Tensor tensor) {
        String[] parts = name.split("\\.", 4);
        int size = Integer.parseInt(parts[1].substring(1));
        int log2 = Integer.numberOfTrailingZeros(size);
        String scope = size + "x" + size + "/";
        if (parts[2].equals("const")) {
            variables.put(scope + "Const/const", withLeadingAxes(tensor, 1));
            return;
        }
        String layer = scope
                + switch (parts[2]) {
                    case "conv0" -> "Conv0_up/";
                    case "conv1" -> size == 4 ? "Conv/" : "Conv1/";
                    default -> "ToRGB/";
                };
        switch (parts[3]) {
            case "weight" ->
                variables.put(
                        layer + "weight",
                        Arrangement.permute(
                                parts[2].equals("conv0") ? Arrangement.flipPlanes(tensor) : tensor, 2, 3, 1, 0));
            case "affine.weight" -> variables.put(layer + "mod_weight", Arrangement.permute(tensor, 1, 0));
            case "affine.bias" -> variables.put(layer + "mod_bias", Arrangement.plus(tensor, -1));
            case "noise_strength" -> variables.put(layer + "noise_strength", tensor.reshape());
            case "noise_const" ->
                variables.put(
                        "noise" + (size == 4 ? 0 : 2 * log2 - (parts[2].equals("conv0") ? 5 : 4)),
                        withLeadingAxes(tensor, 2));
            default -> variables.put(layer + parts[3], tensor);
        }
    }

    private static Object network(Map<String, Tensor> variables, Map<String, Object> components) {
        List<Object> pairs = new ArrayList<>();
        variables.forEach((name, tensor) -> pairs.add(tuple(name, numpyArray(tensor))));
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("version", 5);
        state.put("name", "G");
        state.put("static_kwargs", Map.of("num_channels", 3));
        state.put("components", components);
        state.put("build_module_src", "raise SystemExit('never run')");
        state.put("build_func_name", "G_main");
        state.put("variables", pairs);
        return new Call(name("dnnlib.tflib.network", "Network"), List.of(), Map.of(), state);
    }

    static Object numpyArray(Tensor tensor) {
        Object[] sizes = Arrays.stream(tensor.shape().toArray()).boxed().toArray();
        return new Call(
                name("numpy.core.multiarray", "_reconstruct"),
                List.of(name("numpy", "ndarray"), tuple(0), new byte[] {'b'}),
                Map.of(),
                tuple(1, tuple(sizes), dtype("f4"), false, bytes(tensor)));
    }

    private static Object numpyScalar(String type, byte[] data) {
        return call("numpy.core.multiarray", "scalar", dtype(type), data);
    }

    private static Object dtype(String type) {
        return new Call(
                name("numpy", "dtype"),
                List.of(type, false, true),
                Map.of(),
                tuple(3, "<", NONE, NONE, NONE, -1, -1, 0));
    }

    // rosinality

    /** The names of rosinality's g_ema, without its wrapper. */
    public static SortedMap<String, Tensor> rosinality(SortedMap<String, Tensor> tensors) {
        SortedMap<String, Tensor> renamed = new TreeMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith("mapping.fc")) {
                String[] parts = name.substring("mapping.fc".length()).split("\\.");
                renamed.put("style." + (Integer.parseInt(parts[0]) + 1) + "." + parts[1], tensor);
            } else if (name.equals("synthesis.b4.const")) {
                renamed.put("input.input", withLeadingAxes(tensor, 1));
            } else if (name.matches("synthesis\\.b[0-9]+\\.(conv|torgb).*")) {
                putRosinality(renamed, name, tensor);
            }
        });
        renamed.put("convs.0.conv.blur.kernel", Arrangement.times(tensors.get("synthesis.b4.resample_filter"), 4));
        return renamed;
    }

    private static void putRosinality(SortedMap<String, Tensor> renamed, String name, Tensor tensor) {
        String[] parts = name.split("\\.", 4);
        int level = Integer.numberOfTrailingZeros(Integer.parseInt(parts[1].substring(1))) - 3;
        String layer = switch (parts[2]) {
            case "conv0" -> "convs." + 2 * level;
            case "conv1" -> level < 0 ? "conv1" : "convs." + (2 * level + 1);
            default -> level < 0 ? "to_rgb1" : "to_rgbs." + level;
        };
        int noise = parts[2].equals("conv0") ? 2 * level + 1 : 2 * level + 2;
        switch (parts[3]) {
            case "weight" -> renamed.put(layer + ".conv.weight", withLeadingAxes(tensor, 1));
            case "affine.weight" -> renamed.put(layer + ".conv.modulation.weight", tensor);
            case "affine.bias" -> renamed.put(layer + ".conv.modulation.bias", tensor);
            case "noise_strength" -> renamed.put(layer + ".noise.weight", tensor);
            case "noise_const" -> renamed.put("noises.noise_" + noise, withLeadingAxes(tensor, 2));
            case "bias" ->
                renamed.put(
                        parts[2].equals("torgb") ? layer + ".bias" : layer + ".activate.bias",
                        parts[2].equals("torgb") ? tensor.reshape(1, 3, 1, 1) : tensor);
            default -> {
                // The filters are stored once, above.
            }
        }
    }

    private static Tensor withLeadingAxes(Tensor tensor, int count) {
        int[] sizes = new int[tensor.shape().rank() + count];
        Arrays.fill(sizes, 0, count, 1);
        System.arraycopy(
                tensor.shape().toArray(), 0, sizes, count, tensor.shape().rank());
        return tensor.reshape(sizes);
    }

    private static byte[] bytes(Tensor tensor) {
        byte[] data = new byte[tensor.bytes().remaining()];
        tensor.bytes().get(data);
        return data;
    }
}
