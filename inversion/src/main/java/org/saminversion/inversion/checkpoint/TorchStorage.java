package org.saminversion.inversion.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.saminversion.graph.Shape;
import org.saminversion.inversion.checkpoint.PickleValue.Global;
import org.saminversion.inversion.file.InvalidFile;
import org.saminversion.inversion.file.ShapeCheck;
import org.saminversion.inversion.file.StoredType;
import org.saminversion.inversion.file.Strides;

/**
 * The flat block of numbers behind one or more PyTorch tensors.
 *
 * @param type absent for untyped storages, whose tensors name their type themselves
 */
record TorchStorage(Optional<StoredType> type, ByteBuffer bytes, ByteOrder order) {
    private static final int RANK_MAXIMUM = 16;
    /** Small tensors may repeat elements (stride 0); larger ones must not claim more numbers than are stored. */
    private static final int REPEATED_ELEMENTS_MAXIMUM = 1 << 16;

    private static final Map<String, StoredType> BY_CLASS = Map.ofEntries(
            Map.entry("DoubleStorage", StoredType.FLOAT64),
            Map.entry("FloatStorage", StoredType.FLOAT32),
            Map.entry("HalfStorage", StoredType.FLOAT16),
            Map.entry("BFloat16Storage", StoredType.BFLOAT16),
            Map.entry("LongStorage", StoredType.INT64),
            Map.entry("IntStorage", StoredType.INT32),
            Map.entry("ShortStorage", StoredType.INT16),
            Map.entry("CharStorage", StoredType.INT8),
            Map.entry("ByteStorage", StoredType.UINT8),
            Map.entry("BoolStorage", StoredType.BOOL));

    private static final Map<String, StoredType> BY_DTYPE = Map.ofEntries(
            Map.entry("float64", StoredType.FLOAT64),
            Map.entry("float32", StoredType.FLOAT32),
            Map.entry("float16", StoredType.FLOAT16),
            Map.entry("bfloat16", StoredType.BFLOAT16),
            Map.entry("int64", StoredType.INT64),
            Map.entry("int32", StoredType.INT32),
            Map.entry("int16", StoredType.INT16),
            Map.entry("int8", StoredType.INT8),
            Map.entry("uint8", StoredType.UINT8),
            Map.entry("bool", StoredType.BOOL));

    /** The element type of a storage class; absent for untyped storages, which count bytes. */
    static Optional<StoredType> typeOfClass(Global storageClass, String file) {
        if (storageClass.name().equals("UntypedStorage")) {
            return Optional.empty();
        }
        StoredType type = BY_CLASS.get(storageClass.name());
        if (type == null) {
            throw InvalidFile.because(
                    file, "it holds numbers of the kind " + storageClass.qualifiedName() + ", which are not supported");
        }
        return Optional.of(type);
    }

    static StoredType typeOfDtype(Global dtype, String file) {
        StoredType type = BY_DTYPE.get(dtype.name());
        if (type == null) {
            throw InvalidFile.because(
                    file, "it holds numbers of the kind " + dtype.qualifiedName() + ", which are not supported");
        }
        return type;
    }

    /**
     * A tensor over this storage.
     *
     * @param offset index of its first element
     * @param strides distance in elements per axis; honoured, because files hold transposed tensors
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if an element would lie outside the storage
     */
    StoredTensor tensor(StoredType elementType, long offset, List<Long> sizes, List<Long> strides, String file) {
        if (sizes.size() != strides.size() || sizes.size() > RANK_MAXIMUM) {
            throw InvalidFile.because(
                    file, "a tensor has " + sizes.size() + " sizes and " + strides.size() + " strides");
        }
        Shape shape = ShapeCheck.shape(sizes, elementType, "a tensor", file);
        long stored = bytes.remaining() / elementType.bytes();
        if (shape.elements() > 0) {
            requireInside(offset, sizes, strides, stored, file);
        }
        if (shape.elements() > Math.max(stored, REPEATED_ELEMENTS_MAXIMUM)) {
            throw InvalidFile.because(
                    file, "a tensor of shape " + shape + " repeats a storage of only " + stored + " elements");
        }
        long[] stride = strides.stream().mapToLong(Long::longValue).toArray();
        return new StoredTensor(
                elementType.inMemory(),
                shape,
                () -> elementType.adopt(gather(elementType, offset, shape, stride), order, shape));
    }

    private static void requireInside(long offset, List<Long> sizes, List<Long> strides, long stored, String file) {
        long last = offset;
        for (int axis = 0; axis < sizes.size() && last >= 0 && last < stored; axis++) {
            long stride = strides.get(axis);
            // Both factors lie below 2^31, so that the product cannot overflow.
            last = stride < 0 || stride > Integer.MAX_VALUE ? -1 : last + (sizes.get(axis) - 1) * stride;
        }
        if (offset < 0 || last < 0 || last >= stored) {
            throw InvalidFile.because(
                    file,
                    "a tensor of sizes " + sizes + ", strides " + strides + " and offset " + offset
                            + " reaches outside its storage of " + stored + " elements");
        }
    }

    private ByteBuffer gather(StoredType elementType, long offset, Shape shape, long[] strides) {
        int[] sizes = shape.toArray();
        int width = elementType.bytes();
        if (shape.elements() == 0 || isDense(sizes, strides)) {
            int start = shape.elements() == 0 ? 0 : (int) (offset * width);
            int length = shape.elements() * width;
            return ByteBuffer.allocateDirect(length)
                    .put(bytes.slice(bytes.position() + start, length))
                    .flip();
        }
        return Strides.gather(bytes, width, offset, sizes, strides);
    }

    /** The stride of an axis of size 1 means nothing. */
    private static boolean isDense(int[] sizes, long[] strides) {
        long[] dense = Strides.rowMajor(sizes);
        return IntStream.range(0, sizes.length).allMatch(axis -> sizes[axis] == 1 || strides[axis] == dense[axis]);
    }
}
