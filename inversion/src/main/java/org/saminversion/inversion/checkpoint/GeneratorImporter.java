package org.saminversion.inversion.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.InvalidFile;

/** Brings StyleGAN2 generators of every supported origin under this project's names and checks them whole. */
public final class GeneratorImporter {
    /** The clamp of a layer in effect first, then what the network was made with. */
    private static final List<String> CONV_CLAMP_KEYS = List.of(
            "synthesis.b4.conv1.conv_clamp",
            "init_kwargs.synthesis_kwargs.conv_clamp",
            "init_kwargs.conv_clamp",
            "static_kwargs.conv_clamp",
            "conv_clamp");

    private static final Pattern CONV_CLAMP_IN_JSON = Pattern.compile("\"conv_clamp\"\\s*:\\s*([0-9.]+)");
    private static final Pattern BUFFER_OR_WEIGHT = Pattern.compile(
            "mapping\\.(w_avg|(embed|fc[0-9]+)\\.(weight|bias))|synthesis\\.b[0-9]+\\.(const|resample_filter"
                    + "|(conv[01]|torgb)\\.(weight|bias|noise_strength|noise_const|resample_filter"
                    + "|affine\\.(weight|bias)))");

    private GeneratorImporter() {}

    /**
     * Reads a file and imports the generator in it; of a file with an encoder too, the generator is taken.
     *
     * @throws JobFailure.Rejected ({@code file-invalid}) if there is no StyleGAN2 generator in it or it is not whole
     */
    public static ImportedGenerator read(Path path) {
        return fromCheckpoint(CheckpointReader.read(path), path.toString());
    }

    /** @param whatForMessages how the reader of a failure knows the file */
    public static ImportedGenerator fromCheckpoint(Checkpoint checkpoint, String whatForMessages) {
        if (checkpoint instanceof Checkpoint.Generator generator) {
            return convert(generator, whatForMessages);
        }
        if (checkpoint instanceof Checkpoint.Encoder encoder
                && encoder.generator().isPresent()) {
            return convert(encoder.generator().get(), whatForMessages);
        }
        boolean aliasFree = checkpoint.tensors().keySet().stream().anyMatch(name -> name.contains("synthesis.input."));
        throw InvalidFile.because(
                whatForMessages,
                aliasFree
                        ? "it is a StyleGAN3 generator; only StyleGAN2 generators have the feature spaces that are needed"
                        : "there is no StyleGAN2 generator in it: it is a " + checkpoint.description());
    }

    private static ImportedGenerator convert(Checkpoint.Generator generator, String file) {
        List<String> warnings = new ArrayList<>();
        GeneratorTensors source = new GeneratorTensors(generator, file);
        SortedMap<String, Tensor> all = switch (generator.naming()) {
            case ADA -> AdaGenerator.tensors(source, generator.tensors());
            case TENSORFLOW -> TensorFlowGenerator.tensors(source, resampleKernel(generator.metadata()));
            case ROSINALITY -> RosinalityGenerator.tensors(source, warnings);
        };
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        all.forEach((name, tensor) -> {
            if (!BUFFER_OR_WEIGHT.matcher(name).matches()) {
                warnings.add("tensor '" + name + "' is not part of a StyleGAN2 generator and was left out");
            } else if (tensor.type() != ElementType.FLOAT32) {
                throw InvalidFile.because(file, "tensor '" + name + "' holds " + tensor.type() + " instead of numbers");
            } else {
                tensors.put(name, tensor);
            }
        });
        if (!tensors.containsKey("mapping.w_avg") && warnings.stream().noneMatch(text -> text.contains("latent_avg"))) {
            warnings.add("the file has no average latent code: truncation is not possible with this generator");
        }
        warnAboutFilters(tensors, warnings);
        OptionalDouble convClamp = convClamp(generator.metadata(), file);
        return new ImportedGenerator(GeneratorArchitecture.derive(tensors, convClamp, file), tensors, warnings);
    }

    /** The engine has the usual filter built in, so that another one gives slightly other pictures. */
    private static void warnAboutFilters(SortedMap<String, Tensor> tensors, List<String> warnings) {
        Tensor usual = GeneratorTensors.resampleFilter(GeneratorTensors.RESAMPLE_KERNEL);
        if (tensors.entrySet().stream()
                .anyMatch(entry -> entry.getKey().endsWith("resample_filter")
                        && !entry.getValue().equals(usual))) {
            warnings.add("the generator was made with another resampling filter than [1,3,3,1], which the engine uses");
        }
    }

    private static OptionalDouble convClamp(Map<String, String> metadata, String file) {
        for (String key : CONV_CLAMP_KEYS) {
            String value = metadata.get(key);
            if (value != null) {
                return value.equals("none") ? OptionalDouble.empty() : OptionalDouble.of(positive(value, file));
            }
        }
        Matcher json = CONV_CLAMP_IN_JSON.matcher(metadata.getOrDefault("synthesis_kwargs", ""));
        return json.find() ? OptionalDouble.of(positive(json.group(1), file)) : OptionalDouble.empty();
    }

    private static double positive(String text, String file) {
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // Refused below, like a number out of range.
        }
        throw InvalidFile.because(file, "its conv_clamp should be a positive number, but is '" + text + "'");
    }

    /** TensorFlow generators may be made with another kernel; the default is [1,3,3,1]. */
    private static float[] resampleKernel(Map<String, String> metadata) {
        float[] kernel = GeneratorTensors.RESAMPLE_KERNEL.clone();
        for (int i = 0; i < kernel.length; i++) {
            String value = metadata.get("static_kwargs.resample_kernel." + i);
            if (value != null && value.matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
                kernel[i] = Float.parseFloat(value);
            }
        }
        return kernel;
    }
}
