package org.saminversion.inversion.checkpoint;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.inversion.checkpoint.PickleValue.Global;
import org.saminversion.inversion.checkpoint.PickleValue.Instance;
import org.saminversion.inversion.checkpoint.PickleValue.Persistent;
import org.saminversion.inversion.checkpoint.PickleValue.Tuple;
import org.saminversion.inversion.checkpoint.PickleValue.Whole;
import org.saminversion.inversion.file.InvalidFile;
import org.saminversion.inversion.file.StoredType;

/** Reads tensors out of the calls by which PyTorch would rebuild them. Source: spec formats.md section 0. */
final class TorchTensors {
    private static final String MODULE = "torch._utils";

    private final StorageSource storages;
    private final String file;
    /**
     * NVIDIA's pickles hold one small PyTorch file per storage, and share it between tensors. Known by their bytes, so that
     * none is read twice however often a file refers to it.
     */
    private final Map<PickleValue, TorchStorage> nested = new IdentityHashMap<>();

    TorchTensors(StorageSource storages, String file) {
        this.storages = storages;
        this.file = file;
    }

    /** The tensor that a value describes, or nothing if it describes something else. */
    Optional<StoredTensor> tensor(PickleValue value) {
        if (!(value instanceof Instance call)) {
            return Optional.empty();
        }
        if (call.is("torch.nn.parameter.Parameter")) {
            return Optional.of(oldParameter(call));
        }
        if (!call.type().module().equals(MODULE)) {
            return Optional.empty();
        }
        switch (call.type().name()) {
            case "_rebuild_parameter", "_rebuild_parameter_with_state":
                if (!call.arguments().isEmpty()
                        && call.arguments().get(0) instanceof Instance inner
                        && !inner.type().name().startsWith("_rebuild_parameter")) {
                    return tensor(inner);
                }
                break;
            case "_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3":
                return Optional.of(rebuilt(call));
            default:
                break;
        }
        throw damaged();
    }

    /** Before version 0.4 a parameter was an object around its tensor, given to the constructor or first in the state. */
    private StoredTensor oldParameter(Instance parameter) {
        List<PickleValue> parts = new ArrayList<>(parameter.arguments());
        if (parameter.state() instanceof Tuple state) {
            parts.addAll(state.items());
        }
        for (PickleValue part : parts) {
            if (part instanceof Instance inner
                    && inner.type().module().equals(MODULE)
                    && inner.type().name().startsWith("_rebuild_tensor")) {
                return rebuilt(inner);
            }
        }
        throw damaged();
    }

    private StoredTensor rebuilt(Instance call) {
        List<PickleValue> arguments = call.arguments();
        if (arguments.size() < 4
                || !(arguments.get(1) instanceof Whole offset)
                || !(arguments.get(2) instanceof Tuple size)
                || !(arguments.get(3) instanceof Tuple stride)) {
            throw damaged();
        }
        TorchStorage storage = storage(arguments.get(0));
        StoredType type;
        if (call.type().name().equals("_rebuild_tensor_v3")) {
            if (arguments.size() < 7 || !(arguments.get(6) instanceof Global dtype)) {
                throw damaged();
            }
            type = TorchStorage.typeOfDtype(dtype, file);
        } else {
            type = storage.type().orElseThrow(this::damaged);
        }
        return storage.tensor(type, offset.value(), numbers(size), numbers(stride), file);
    }

    private TorchStorage storage(PickleValue value) {
        if (value instanceof Persistent reference) {
            return storages.storage(reference);
        }
        if (value instanceof Instance call
                && call.is("torch.storage._load_from_bytes")
                && call.arguments().size() == 1) {
            PickleValue contents = call.arguments().get(0);
            TorchStorage known = nested.get(contents);
            if (known == null) {
                known = nestedStorage(PythonObjects.bytes(contents, file));
                nested.put(contents, known);
            }
            return known;
        }
        throw damaged();
    }

    private TorchStorage nestedStorage(ByteBuffer contents) {
        TorchContainer container = TorchContainer.parse(contents, file);
        if (container.root() instanceof Persistent reference) {
            return container.storages().storage(reference);
        }
        throw damaged();
    }

    private List<Long> numbers(Tuple tuple) {
        List<Long> numbers = new ArrayList<>();
        for (PickleValue item : tuple.items()) {
            if (!(item instanceof Whole whole)) {
                throw damaged();
            }
            numbers.add(whole.value());
        }
        return numbers;
    }

    private RuntimeException damaged() {
        return InvalidFile.because(file, "a tensor in it is described in a way that PyTorch does not");
    }
}
