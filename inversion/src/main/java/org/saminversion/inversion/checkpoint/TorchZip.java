package org.saminversion.inversion.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import org.saminversion.inversion.file.InvalidFile;

/** PyTorch's format since 1.6: a ZIP with a pickle and one entry per storage. Source: spec formats.md section c1. */
final class TorchZip {
    private static final String OBJECT = "/data.pkl";

    private TorchZip() {}

    static TorchContainer parse(ByteBuffer contents, String file) {
        SortedMap<String, ByteBuffer> entries = ZipDirectory.entries(contents, file);
        List<String> objects =
                entries.keySet().stream().filter(name -> name.endsWith(OBJECT)).toList();
        if (objects.size() != 1) {
            throw InvalidFile.because(
                    file,
                    "it is a ZIP archive with " + objects.size() + " data.pkl instead of one: not a PyTorch file");
        }
        String prefix = objects.get(0).substring(0, objects.get(0).length() - OBJECT.length() + 1);
        if (entries.containsKey(prefix + "constants.pkl")) {
            throw InvalidFile.because(
                    file, "it is a TorchScript program, not a checkpoint: save the model's state_dict instead");
        }
        PickleValue root = PickleMachine.load(new PickleInput(entries.get(objects.get(0)), file));
        ByteOrder order = byteOrder(entries.get(prefix + "byteorder"));
        return new TorchContainer(root, reference -> {
            StorageReference wanted = StorageReference.of(reference, file);
            ByteBuffer data = entries.get(prefix + "data/" + wanted.key());
            if (data == null || wanted.elements() > data.remaining() / wanted.elementBytes()) {
                throw InvalidFile.because(
                        file,
                        "storage '" + wanted.key() + "' should have " + wanted.elements() + " elements, but "
                                + (data == null ? "is missing" : "has " + data.remaining() + " bytes"));
            }
            int length = (int) (wanted.elements() * wanted.elementBytes());
            return new TorchStorage(wanted.type(), data.slice(0, length), order);
        });
    }

    private static ByteOrder byteOrder(ByteBuffer entry) {
        return entry != null
                        && StandardCharsets.US_ASCII
                                .decode(entry.duplicate())
                                .toString()
                                .strip()
                                .equals("big")
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
    }
}
