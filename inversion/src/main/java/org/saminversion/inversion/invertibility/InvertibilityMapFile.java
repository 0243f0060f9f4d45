package org.saminversion.inversion.invertibility;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.saminversion.graph.ElementType;
import org.saminversion.graph.Shape;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.InvalidFile;
import org.saminversion.inversion.file.SafetensorsFile;
import org.saminversion.inversion.method.MapSource;
import org.saminversion.inversion.space.LatentSpace;

/**
 * An invertibility map as safetensors: {@code segments} I32 [H,W] and per space {@code error.F4} F32 [H,W]. Its metadata tell where the
 * errors come from.
 */
public final class InvertibilityMapFile {
    private static final String SEGMENTS = "segments";
    private static final String ERROR_PREFIX = "error.";
    private static final String FORMAT_KEY = "format";
    private static final String FORMAT = "invertibility-map-1";
    private static final String SOURCE_KEY = "errors";

    private InvertibilityMapFile() {}

    public static byte[] toBytes(InvertibilityMap map, MapSource source) {
        Shape shape = Shape.of(map.height(), map.width());
        Map<String, Tensor> tensors = new TreeMap<>();
        tensors.put(SEGMENTS, Tensor.of(shape, map.segments()));
        map.errors().forEach((space, errors) -> tensors.put(ERROR_PREFIX + space, Tensor.of(shape, errors)));
        return SafetensorsFile.of(tensors, Map.of(FORMAT_KEY, FORMAT, SOURCE_KEY, source.name()))
                .toBytes();
    }

    /**
     * Where the errors come from, if the file tells.
     *
     * @param whatForMessages as for {@link #parse}
     */
    public static Optional<MapSource> source(byte[] bytes, String whatForMessages) {
        String told = SafetensorsFile.parse(ByteBuffer.wrap(bytes), whatForMessages)
                .metadata()
                .get(SOURCE_KEY);
        return Arrays.stream(MapSource.values())
                .filter(source -> source.name().equals(told))
                .findFirst();
    }

    /**
     * @param whatForMessages how the reader of a failure knows these bytes
     * @throws JobFailure.Rejected of kind {@code file-invalid} if they are no such map
     */
    public static InvertibilityMap parse(byte[] bytes, String whatForMessages) {
        SafetensorsFile file = SafetensorsFile.parse(ByteBuffer.wrap(bytes), whatForMessages);
        if (!FORMAT.equals(file.metadata().get(FORMAT_KEY))) {
            throw InvalidFile.because(whatForMessages, "its metadata do not call it an " + FORMAT);
        }
        Tensor segments = file.tensor(SEGMENTS);
        try {
            if (segments.shape().rank() != 2 || segments.type() != ElementType.INT32) {
                throw new IllegalArgumentException("segments must be whole numbers [H,W], not " + segments);
            }
            SortedMap<LatentSpace, float[]> errors = new TreeMap<>();
            file.tensors().forEach((name, tensor) -> {
                if (name.startsWith(ERROR_PREFIX)) {
                    requireSame(name, tensor, segments.shape());
                    errors.put(LatentSpace.parse(name.substring(ERROR_PREFIX.length())), tensor.toFloats());
                }
            });
            return new InvertibilityMap(
                    segments.shape().size(1), segments.shape().size(0), segments.toInts(), errors);
        } catch (IllegalArgumentException e) {
            throw InvalidFile.because(whatForMessages, e.getMessage(), e);
        }
    }

    private static void requireSame(String name, Tensor tensor, Shape shape) {
        if (tensor.type() != ElementType.FLOAT32 || !tensor.shape().equals(shape)) {
            throw new IllegalArgumentException(name + " must be float32" + shape + ", not " + tensor);
        }
    }
}
