package org.saminversion.inversion.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saminversion.inversion.checkpoint.PickleValue.Dictionary;
import org.saminversion.inversion.checkpoint.PickleValue.Flag;
import org.saminversion.inversion.checkpoint.PickleValue.Instance;
import org.saminversion.inversion.checkpoint.PickleValue.Persistent;
import org.saminversion.inversion.checkpoint.PickleValue.Sequence;
import org.saminversion.inversion.checkpoint.PickleValue.Text;
import org.saminversion.inversion.checkpoint.PickleValue.Tuple;
import org.saminversion.inversion.checkpoint.PickleValue.Whole;
import org.saminversion.inversion.file.InvalidFile;

/**
 * PyTorch's format before 1.6, also found inside NVIDIA's pickles: five pickles (magic number, version, system, object,
 * storage keys), then the storages in the order of the keys. Source: spec formats.md section c2.
 */
final class LegacyTorchStream {
    private static final byte[] MAGIC = {
        (byte) 0x80,
        2,
        (byte) 0x8a,
        10,
        0x6c,
        (byte) 0xfc,
        (byte) 0x9c,
        0x46,
        (byte) 0xf9,
        0x20,
        0x6a,
        (byte) 0xa8,
        0x50,
        0x19,
        '.'
    };
    private static final long VERSION = 1001;

    private LegacyTorchStream() {}

    static boolean isOne(ByteBuffer contents) {
        return contents.remaining() >= MAGIC.length
                && contents.slice(contents.position(), MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    static TorchContainer parse(ByteBuffer contents, String file) {
        PickleInput input = new PickleInput(contents, file);
        input.slice(MAGIC.length);
        if (!(PickleMachine.load(input) instanceof Whole version) || version.value() != VERSION) {
            throw InvalidFile.because(file, "it is a PyTorch file of an unknown version");
        }
        ByteOrder order = byteOrder(PickleMachine.load(input));
        PickleValue root = PickleMachine.load(input);
        Map<String, StorageReference> references = references(root, file);
        if (!(PickleMachine.load(input) instanceof Sequence keys)) {
            throw InvalidFile.because(file, "its list of storages is missing");
        }
        Map<String, ByteBuffer> blocks = new HashMap<>();
        for (PickleValue key : keys.items()) {
            String name = key instanceof Text text ? text.value(file) : "";
            StorageReference reference = references.get(name);
            if (reference == null) {
                throw InvalidFile.because(file, "it stores data that nothing refers to ('" + name + "')");
            }
            long elements = input.signedLong();
            if (elements < 0 || elements > input.remaining() / reference.elementBytes()) {
                throw InvalidFile.because(
                        file, "storage '" + name + "' is cut short: it should have " + elements + " elements");
            }
            if (blocks.put(name, input.slice(elements * reference.elementBytes())) != null) {
                throw InvalidFile.because(file, "it stores '" + name + "' twice");
            }
        }
        return new TorchContainer(
                root, reference -> storage(StorageReference.of(reference, file), blocks, order, file));
    }

    private static TorchStorage storage(
            StorageReference reference, Map<String, ByteBuffer> blocks, ByteOrder order, String file) {
        ByteBuffer block = blocks.get(reference.key());
        if (block == null) {
            throw InvalidFile.because(file, "the data of storage '" + reference.key() + "' is missing");
        }
        long width = reference.elementBytes();
        long offset = reference.view().map(StorageReference.View::offset).orElse(0L);
        long elements = reference.view().map(StorageReference.View::elements).orElse(reference.elements());
        long stored = block.remaining() / width;
        if (offset > stored || elements > stored - offset) {
            throw InvalidFile.because(
                    file, "storage '" + reference.key() + "' holds " + stored + " elements instead of " + elements);
        }
        return new TorchStorage(reference.type(), block.slice((int) (offset * width), (int) (elements * width)), order);
    }

    private static ByteOrder byteOrder(PickleValue system) {
        return system instanceof Dictionary facts
                        && facts.get("little_endian").orElse(PickleValue.Nothing.NONE) instanceof Flag little
                        && !little.value()
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
    }

    /** The element size of each block is known only from the references in the object. */
    private static Map<String, StorageReference> references(PickleValue root, String file) {
        Map<String, StorageReference> found = new HashMap<>();
        Set<PickleValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<PickleValue> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            PickleValue value = waiting.pop();
            if (!seen.add(value)) {
                continue;
            }
            if (value instanceof Persistent persistent) {
                StorageReference reference = StorageReference.of(persistent, file);
                found.putIfAbsent(reference.key(), reference);
            } else if (value instanceof Tuple tuple) {
                waiting.addAll(tuple.items());
            } else if (value instanceof Sequence sequence) {
                waiting.addAll(sequence.items());
            } else if (value instanceof Dictionary dictionary) {
                waiting.addAll(dictionary.items().values());
            } else if (value instanceof Instance instance) {
                waiting.addAll(instance.arguments());
                waiting.addAll(instance.items().items().values());
                waiting.addAll(instance.elements().items());
                waiting.add(instance.state());
            }
        }
        return found;
    }
}
