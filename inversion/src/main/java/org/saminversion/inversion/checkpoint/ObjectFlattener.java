package org.saminversion.inversion.checkpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.saminversion.inversion.checkpoint.PickleValue.Dictionary;
import org.saminversion.inversion.checkpoint.PickleValue.Flag;
import org.saminversion.inversion.checkpoint.PickleValue.Instance;
import org.saminversion.inversion.checkpoint.PickleValue.Nothing;
import org.saminversion.inversion.checkpoint.PickleValue.Real;
import org.saminversion.inversion.checkpoint.PickleValue.Sequence;
import org.saminversion.inversion.checkpoint.PickleValue.Text;
import org.saminversion.inversion.checkpoint.PickleValue.Tuple;
import org.saminversion.inversion.checkpoint.PickleValue.Whole;
import org.saminversion.inversion.file.InvalidFile;

/**
 * Walks the object of a pickle and lists its tensors and short values by path.
 *
 * <p>Shared parts are visited once per path, so that a small file could describe an enormous tree: visits, depth and the
 * length of paths are bounded.
 */
final class ObjectFlattener {
    private static final int VISITS_MAXIMUM = 1_000_000;
    private static final int DEPTH_MAXIMUM = 100;
    private static final int PATH_LENGTH_MAXIMUM = 512;
    private static final int TENSORS_MAXIMUM = 100_000;
    /** More than this is a training log; what follows is left out. */
    private static final int METADATA_MAXIMUM = 20_000;

    private final String file;
    private final TorchTensors torchTensors;
    private final NumpyArrays numpyArrays;
    private final Map<String, StoredTensor> tensors = new HashMap<>();
    private final Map<String, String> metadata = new HashMap<>();
    private int visits;

    private ObjectFlattener(StorageSource storages, String file) {
        this.file = file;
        this.torchTensors = new TorchTensors(storages, file);
        this.numpyArrays = new NumpyArrays(file);
    }

    /** Everything below an object, under names that begin at that object. */
    static Contents flatten(PickleValue root, StorageSource storages, FileFormat format, String file) {
        ObjectFlattener flattener = new ObjectFlattener(storages, file);
        flattener.visit(root, "", 0);
        return new Contents(format, new TreeMap<>(flattener.tensors), new TreeMap<>(flattener.metadata));
    }

    private void visit(PickleValue value, String path, int depth) {
        if (++visits > VISITS_MAXIMUM || depth > DEPTH_MAXIMUM || path.length() > PATH_LENGTH_MAXIMUM) {
            throw InvalidFile.because(file, "it is nested too deeply or describes too many values");
        }
        Optional<StoredTensor> tensor = torchTensors.tensor(value).or(() -> numpyArrays.array(value));
        if (tensor.isPresent()) {
            addTensor(path, tensor.get());
        } else if (value instanceof Dictionary dictionary) {
            visitItems(dictionary, path, depth);
        } else if (value instanceof Tuple tuple) {
            visitList(tuple.items(), path, depth);
        } else if (value instanceof Sequence sequence) {
            visitList(sequence.items(), path, depth);
        } else if (value instanceof Instance instance) {
            visitInstance(instance, path, depth);
        } else {
            text(value).ifPresent(text -> addText(path, text));
        }
    }

    private void visitItems(Dictionary dictionary, String path, int depth) {
        dictionary.items().forEach((key, value) -> visit(value, join(path, key), depth + 1));
    }

    private void visitList(List<PickleValue> items, String path, int depth) {
        for (int i = 0; i < items.size(); i++) {
            visit(items.get(i), join(path, Integer.toString(i)), depth + 1);
        }
    }

    private void visitInstance(Instance instance, String path, int depth) {
        Optional<StoredTensor> scalar = numpyArrays.scalar(instance);
        if (scalar.isPresent()) {
            addText(path, NvidiaPickles.number(scalar.get()));
            return;
        }
        Optional<Dictionary> module = NvidiaPickles.moduleState(instance);
        if (module.isPresent()) {
            visitModule(module.get(), path, depth);
        } else if (NvidiaPickles.isTensorFlowNetwork(instance)) {
            visitTensorFlowNetwork(instance, path, depth);
        } else {
            visitItems(PythonObjects.items(instance, file), path, depth);
        }
    }

    /** A module's tensors keep their names; its plain attributes become metadata. Source: spec formats.md section a. */
    private void visitModule(Dictionary state, String path, int depth) {
        for (Map.Entry<String, PickleValue> attribute : state.items().entrySet()) {
            String name = attribute.getKey();
            PickleValue value = attribute.getValue();
            switch (name) {
                case "_parameters", "_buffers", "_modules" ->
                    visitItems(PythonObjects.dictionary(value, file), path, depth);
                case "_init_kwargs" -> visit(value, join(path, "init_kwargs"), depth + 1);
                default -> {
                    if (!name.startsWith("_")) {
                        addAttribute(value, join(path, name));
                    }
                }
            }
        }
    }

    private void addAttribute(PickleValue value, String path) {
        if (value == Nothing.NONE) {
            addText(path, "none");
        } else {
            text(value)
                    .or(() -> numpyArrays.scalar(value).map(NvidiaPickles::number))
                    .ifPresent(text -> addText(path, text));
        }
    }

    /** A network's own variables, then those of its components under their names. Source: spec formats.md section b. */
    private void visitTensorFlowNetwork(Instance network, String path, int depth) {
        if (!(network.state() instanceof Dictionary state)) {
            throw InvalidFile.because(file, "a TensorFlow network in it has no state");
        }
        if (state.get("variables").orElse(Nothing.NONE) instanceof Sequence variables) {
            for (PickleValue variable : variables.items()) {
                if (!(variable instanceof Tuple pair)
                        || pair.items().size() != 2
                        || !(pair.items().get(0) instanceof Text name)) {
                    throw InvalidFile.because(file, "a variable of a TensorFlow network in it is damaged");
                }
                PickleValue value = pair.items().get(1);
                numpyArrays
                        .array(value)
                        .or(() -> numpyArrays.scalar(value))
                        .ifPresent(tensor -> addTensor(scope(path, name.value(file)), tensor));
            }
        }
        state.get("static_kwargs").ifPresent(kwargs -> visit(kwargs, join(path, "static_kwargs"), depth + 1));
        state.get("components")
                .map(components -> PythonObjects.dictionary(components, file))
                .ifPresent(components -> components
                        .items()
                        .forEach((name, component) -> visit(component, scope(path, name), depth + 1)));
    }

    private void addTensor(String path, StoredTensor tensor) {
        if (tensors.size() == TENSORS_MAXIMUM) {
            throw InvalidFile.because(file, "it has more than " + TENSORS_MAXIMUM + " tensors");
        }
        if (tensors.put(path.isEmpty() ? "tensor" : path, tensor) != null) {
            throw InvalidFile.because(file, "it has two tensors named '" + path + "'");
        }
    }

    private void addText(String path, String text) {
        if (metadata.size() < METADATA_MAXIMUM) {
            metadata.put(path, text);
        }
    }

    private Optional<String> text(PickleValue value) {
        if (value instanceof Text text) {
            return text.isShort() ? Optional.of(text.value(file)) : Optional.empty();
        }
        if (value instanceof Whole whole) {
            return Optional.of(Long.toString(whole.value()));
        }
        if (value instanceof Real real) {
            return Optional.of(Double.toString(real.value()));
        }
        if (value instanceof Flag flag) {
            return Optional.of(Boolean.toString(flag.value()));
        }
        return Optional.empty();
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String scope(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
