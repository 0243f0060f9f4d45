package org.saminversion.inversion.latent;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.InvalidFile;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.space.LatentSpace;

/**
 * Latents as a safetensors file: {@code wplus}, and per feature space in use {@code delta.F4} and {@code mask.F4};
 * {@code noise.LAYER} where noise was optimised and {@code weight.NAME} where the generator was tuned, as the difference from the
 * bundle's. The provenance is the metadata.
 *
 * <p>Deltas are zero where their mask is: there they have no effect, and zeros compress.
 */
public final class LatentFile {
    private static final String WPLUS = "wplus";
    private static final String DELTA_PREFIX = "delta.";
    private static final String MASK_PREFIX = "mask.";
    private static final String NOISE_PREFIX = "noise.";
    private static final String WEIGHT_PREFIX = "weight.";
    private static final String FORMAT_KEY = "format";
    private static final String FORMAT = "latents-1";

    /** How exactly deltas and masks are kept. W+ is small and always kept in full. */
    public enum Precision {
        /** 11 significant bits: half the size, no visible difference. */
        HALF,
        /** Every bit, for going on with an optimisation or for comparing. */
        FULL
    }

    private LatentFile() {}

    /** @throws JobFailure.Transient if the file could not be written; nothing is left half-written */
    public static void write(Latents latents, Precision precision, Path file) {
        safetensors(latents, precision).write(file);
    }

    public static byte[] toBytes(Latents latents, Precision precision) {
        return safetensors(latents, precision).toBytes();
    }

    private static SafetensorsFile safetensors(Latents latents, Precision precision) {
        Map<String, Tensor> tensors = new TreeMap<>();
        tensors.put(WPLUS, latents.wplus());
        latents.masks().forEach((space, mask) -> {
            tensors.put(MASK_PREFIX + space, mask);
            tensors.put(DELTA_PREFIX + space, underMask(latents.deltas().get(space), mask));
        });
        tensors.putAll(latents.noise());
        latents.weightChanges().forEach((name, change) -> tensors.put(WEIGHT_PREFIX + name, change));
        Map<String, String> metadata = new TreeMap<>(latents.provenance());
        metadata.put(FORMAT_KEY, FORMAT);
        SafetensorsFile file = SafetensorsFile.of(tensors, metadata);
        Set<String> halved = new TreeSet<>(tensors.keySet());
        halved.remove(WPLUS);
        return precision == Precision.HALF ? file.withHalfPrecision(halved) : file;
    }

    private static Tensor underMask(Tensor delta, Tensor mask) {
        float[] values = delta.toFloats();
        float[] weights = mask.toFloats();
        for (int i = 0; i < values.length; i++) {
            if (weights[i % weights.length] == 0) {
                values[i] = 0;
            }
        }
        return Tensor.of(delta.shape(), values);
    }

    /**
     * @throws JobFailure.Rejected of kind {@code file-invalid} if the file is missing, damaged or holds no latents
     * @throws JobFailure.Transient if the disk fails
     */
    public static Latents read(Path file) {
        return latents(SafetensorsFile.read(file), file.toString());
    }

    /**
     * @param whatForMessages how the reader of a failure knows these bytes
     * @throws JobFailure.Rejected of kind {@code file-invalid} if they are no latents
     */
    public static Latents parse(byte[] bytes, String whatForMessages) {
        return latents(SafetensorsFile.parse(ByteBuffer.wrap(bytes), whatForMessages), whatForMessages);
    }

    private static Latents latents(SafetensorsFile file, String name) {
        Map<String, String> provenance = new TreeMap<>(file.metadata());
        if (!FORMAT.equals(provenance.remove(FORMAT_KEY))) {
            throw InvalidFile.because(
                    name, "it holds no latents: its metadata do not say " + FORMAT_KEY + " " + FORMAT);
        }
        Tensor wplus = file.tensor(WPLUS);
        SortedMap<LatentSpace, Tensor> deltas = new TreeMap<>();
        SortedMap<LatentSpace, Tensor> masks = new TreeMap<>();
        SortedMap<String, Tensor> noise = new TreeMap<>();
        SortedMap<String, Tensor> weightChanges = new TreeMap<>();
        try {
            file.tensors().forEach((tensorName, tensor) -> {
                if (tensorName.startsWith(DELTA_PREFIX)) {
                    deltas.put(LatentSpace.parse(tensorName.substring(DELTA_PREFIX.length())), tensor);
                } else if (tensorName.startsWith(MASK_PREFIX)) {
                    masks.put(LatentSpace.parse(tensorName.substring(MASK_PREFIX.length())), tensor);
                } else if (tensorName.startsWith(NOISE_PREFIX)) {
                    noise.put(tensorName, tensor);
                } else if (tensorName.startsWith(WEIGHT_PREFIX)) {
                    weightChanges.put(tensorName.substring(WEIGHT_PREFIX.length()), tensor);
                } else if (!tensorName.equals(WPLUS)) {
                    throw new IllegalArgumentException("'" + tensorName + "' is no part of latents");
                }
            });
            Latents latents = new Latents(wplus, deltas, masks, noise, weightChanges, provenance);
            requireSensible(latents);
            return latents;
        } catch (IllegalArgumentException e) {
            throw InvalidFile.because(name, e.getMessage(), e);
        }
    }

    private static void requireSensible(Latents latents) {
        requireWithin(WPLUS, latents.wplus(), -Float.MAX_VALUE, Float.MAX_VALUE);
        latents.deltas()
                .forEach((space, delta) ->
                        requireWithin(DELTA_PREFIX + space, delta, -Float.MAX_VALUE, Float.MAX_VALUE));
        latents.noise().forEach((name, map) -> requireWithin(name, map, -Float.MAX_VALUE, Float.MAX_VALUE));
        latents.weightChanges()
                .forEach((name, change) ->
                        requireWithin(WEIGHT_PREFIX + name, change, -Float.MAX_VALUE, Float.MAX_VALUE));
        latents.masks().forEach((space, mask) -> requireWithin(MASK_PREFIX + space, mask, 0, 1));
    }

    private static void requireWithin(String name, Tensor tensor, float least, float most) {
        Shape shape = tensor.shape();
        for (float value : tensor.toFloats()) {
            if (!(value >= least && value <= most)) {
                throw new IllegalArgumentException(name + shape + " holds " + value
                        + (most == 1 ? ", but a mask lies in [0,1]" : ", which is not a finite number"));
            }
        }
    }
}
