package org.saminversion.inversion.checkpoint;

import static org.saminversion.inversion.checkpoint.PickleWriter.call;
import static org.saminversion.inversion.checkpoint.PickleWriter.name;
import static org.saminversion.inversion.checkpoint.PickleWriter.orderedDictionary;
import static org.saminversion.inversion.checkpoint.PickleWriter.pickle;
import static org.saminversion.inversion.checkpoint.PickleWriter.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.saminversion.graph.Tensor;
import org.saminversion.inversion.checkpoint.PickleWriter.PersistentId;

/** Writes PyTorch's file formats, as spec formats.md describes them, for tests. */
public final class TorchFiles {
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
    private static final byte[] VERSION = {(byte) 0x80, 2, 'M', (byte) 0xe9, 3, '.'};

    private TorchFiles() {}

    /** The object of a checkpoint, and the storages that it refers to, by key. */
    public static final class Builder {
        private final Map<String, byte[]> storages = new TreeMap<>();
        private final boolean legacy;

        public Builder(boolean legacy) {
            this.legacy = legacy;
        }

        /** A dense FLOAT32 tensor on a storage of its own. */
        public Object tensor(Tensor tensor) {
            byte[] data = new byte[tensor.bytes().remaining()];
            tensor.bytes().get(data);
            Object[] sizes = Arrays.stream(tensor.shape().toArray()).boxed().toArray();
            return rebuilt(storage("FloatStorage", data, data.length / 4), 0, sizes, denseStrides(sizes));
        }

        PersistentId storage(String storageClass, byte[] data, int elements) {
            String key = Integer.toString(storages.size());
            storages.put(key, data);
            List<Object> id = new ArrayList<>(List.of("storage", name("torch", storageClass), key, "cuda:0", elements));
            if (legacy) {
                id.add(PickleWriter.NONE);
            }
            return new PersistentId(tuple(id.toArray()));
        }

        public byte[] file(Object root) {
            return legacy ? legacy(root, storages) : zip(root, storages);
        }
    }

    static Object rebuilt(Object storage, int offset, Object[] sizes, Object[] strides) {
        return call(
                "torch._utils",
                "_rebuild_tensor_v2",
                storage,
                offset,
                tuple(sizes),
                tuple(strides),
                false,
                orderedDictionary(Map.of()));
    }

    static Object[] denseStrides(Object[] sizes) {
        Object[] strides = new Object[sizes.length];
        int stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= (Integer) sizes[axis];
        }
        return strides;
    }

    /** A state dictionary as PyTorch 1.6 and later write it, or as older versions did. */
    public static byte[] stateDictionary(Map<String, Tensor> tensors, boolean legacy) {
        Builder builder = new Builder(legacy);
        Map<String, Object> items = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> items.put(name, builder.tensor(tensor)));
        return builder.file(orderedDictionary(items));
    }

    static byte[] legacy(Object root, Map<String, byte[]> storages) {
        return legacy(root, storages, 4);
    }

    static byte[] legacy(Object root, Map<String, byte[]> storages, int elementBytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC);
        bytes.writeBytes(VERSION);
        bytes.writeBytes(pickle(2, Map.of("little_endian", true, "protocol_version", 1001)));
        bytes.writeBytes(pickle(2, root));
        bytes.writeBytes(pickle(2, List.copyOf(storages.keySet())));
        storages.values().forEach(data -> {
            bytes.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(data.length / elementBytes)
                    .array());
            bytes.writeBytes(data);
        });
        return bytes.toByteArray();
    }

    static byte[] zip(Object root, Map<String, byte[]> storages) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("archive/data.pkl", pickle(2, root));
        storages.forEach((key, data) -> entries.put("archive/data/" + key, data));
        entries.put("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        return zip(entries, ZipEntry.STORED);
    }

    static byte[] zip(Map<String, byte[]> entries, int method) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                CRC32 checksum = new CRC32();
                checksum.update(content.getValue());
                ZipEntry entry = new ZipEntry(content.getKey());
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    entry.setSize(content.getValue().length);
                    entry.setCrc(checksum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(content.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
