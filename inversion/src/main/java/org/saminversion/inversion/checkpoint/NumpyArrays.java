package org.saminversion.inversion.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.graph.Shape;
import org.saminversion.inversion.checkpoint.PickleValue.Flag;
import org.saminversion.inversion.checkpoint.PickleValue.Instance;
import org.saminversion.inversion.checkpoint.PickleValue.Text;
import org.saminversion.inversion.checkpoint.PickleValue.Tuple;
import org.saminversion.inversion.checkpoint.PickleValue.Whole;
import org.saminversion.inversion.file.InvalidFile;
import org.saminversion.inversion.file.ShapeCheck;
import org.saminversion.inversion.file.StoredType;
import org.saminversion.inversion.file.Strides;

/** Pickled NumPy arrays and scalars. Source: spec formats.md section b, items 3 and 4. */
final class NumpyArrays {
    private static final Map<String, StoredType> TYPES = Map.of(
            "f2", StoredType.FLOAT16,
            "f4", StoredType.FLOAT32,
            "f8", StoredType.FLOAT64,
            "i1", StoredType.INT8,
            "i2", StoredType.INT16,
            "i4", StoredType.INT32,
            "i8", StoredType.INT64,
            "u1", StoredType.UINT8,
            "b1", StoredType.BOOL);

    private final String file;

    NumpyArrays(String file) {
        this.file = file;
    }

    /** The kind of number and its byte order. */
    private record Elements(StoredType type, ByteOrder order) {}

    /** The array that a value describes, or nothing if it describes something else. */
    Optional<StoredTensor> array(PickleValue value) {
        if (!(value instanceof Instance instance) || !instance.type().module().startsWith("numpy.")) {
            return Optional.empty();
        }
        return switch (instance.type().name()) {
            case "_reconstruct" -> Optional.of(reconstructed(instance));
            case "_frombuffer" -> Optional.of(fromBuffer(instance));
            default -> Optional.empty();
        };
    }

    /** The scalar that a value describes, as a tensor of rank 0. */
    Optional<StoredTensor> scalar(PickleValue value) {
        if (value instanceof Instance instance
                && instance.type().module().startsWith("numpy.")
                && instance.type().name().equals("scalar")
                && instance.arguments().size() == 2) {
            return Optional.of(tensor(
                    elements(instance.arguments().get(0)),
                    List.of(),
                    false,
                    instance.arguments().get(1)));
        }
        return Optional.empty();
    }

    private StoredTensor reconstructed(Instance instance) {
        if (instance.state() instanceof Tuple state
                && state.items().size() == 5
                && state.items().get(1) instanceof Tuple shape
                && state.items().get(3) instanceof Flag fortranOrder) {
            return tensor(
                    elements(state.items().get(2)),
                    sizes(shape),
                    fortranOrder.value(),
                    state.items().get(4));
        }
        throw InvalidFile.because(file, "a NumPy array in it is damaged");
    }

    /** Pickle protocol 5: {@code _frombuffer(bytes, dtype, shape, 'C' or 'F')}. */
    private StoredTensor fromBuffer(Instance instance) {
        List<PickleValue> arguments = instance.arguments();
        if (arguments.size() == 4
                && arguments.get(2) instanceof Tuple shape
                && arguments.get(3) instanceof Text order) {
            return tensor(
                    elements(arguments.get(1)), sizes(shape), order.value(file).equals("F"), arguments.get(0));
        }
        throw InvalidFile.because(file, "a NumPy array in it is damaged");
    }

    private StoredTensor tensor(Elements elements, List<Long> sizes, boolean fortranOrder, PickleValue data) {
        StoredType type = elements.type;
        Shape shape = ShapeCheck.shape(sizes, type, "a NumPy array", file);
        ByteBuffer bytes = PythonObjects.bytes(data, file);
        if (bytes.remaining() != (long) shape.elements() * type.bytes()) {
            throw InvalidFile.because(
                    file,
                    "a NumPy array of shape " + shape + " and type " + type + " has " + bytes.remaining() + " bytes");
        }
        return new StoredTensor(type.inMemory(), shape, () -> {
            int[] axes = shape.toArray();
            ByteBuffer rowMajor = fortranOrder && axes.length > 1
                    ? Strides.gather(bytes, type.bytes(), 0, axes, Strides.columnMajor(axes))
                    : bytes;
            return type.decode(rowMajor, elements.order, shape);
        });
    }

    private List<Long> sizes(Tuple shape) {
        List<Long> sizes = new ArrayList<>();
        for (PickleValue size : shape.items()) {
            if (!(size instanceof Whole whole) || sizes.size() == 32) {
                throw InvalidFile.because(file, "the shape of a NumPy array in it is damaged");
            }
            sizes.add(whole.value());
        }
        return sizes;
    }

    /** {@code numpy.dtype('f4', False, True)} with the state {@code (3, '<', ...)}; the byte order is in the state. */
    private Elements elements(PickleValue value) {
        if (value instanceof Instance dtype
                && dtype.is("numpy.dtype")
                && !dtype.arguments().isEmpty()
                && dtype.arguments().get(0) instanceof Text name) {
            StoredType type = TYPES.get(name.value(file));
            if (type == null) {
                throw InvalidFile.because(
                        file, "it holds a NumPy array of '" + name.value(file) + "', which is not supported");
            }
            boolean bigEndian = dtype.state() instanceof Tuple state
                    && state.items().size() > 1
                    && state.items().get(1) instanceof Text order
                    && order.value(file).equals(">");
            return new Elements(type, bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        }
        throw InvalidFile.because(file, "the element type of a NumPy array in it is damaged");
    }
}
