package org.saminversion.inversion.checkpoint;

import java.util.List;
import java.util.Optional;
import org.saminversion.inversion.checkpoint.PickleValue.Global;
import org.saminversion.inversion.checkpoint.PickleValue.Persistent;
import org.saminversion.inversion.checkpoint.PickleValue.Text;
import org.saminversion.inversion.checkpoint.PickleValue.Tuple;
import org.saminversion.inversion.checkpoint.PickleValue.Whole;
import org.saminversion.inversion.file.InvalidFile;
import org.saminversion.inversion.file.StoredType;

/**
 * PyTorch's persistent id of a storage: {@code ('storage', class, key, location, element count[, view])}. The location (a
 * device) is ignored.
 *
 * @param elements counted in bytes for untyped storages
 * @param view which part of the stored block this is; only in legacy files
 */
record StorageReference(Optional<StoredType> type, String key, long elements, Optional<View> view) {
    /** A part of a block, in elements. */
    record View(long offset, long elements) {}

    static StorageReference of(Persistent reference, String file) {
        if (reference.id() instanceof Tuple tuple) {
            List<PickleValue> id = tuple.items();
            if ((id.size() == 5 || id.size() == 6)
                    && id.get(0) instanceof Text kind
                    && kind.value(file).equals("storage")
                    && id.get(1) instanceof Global storageClass
                    && id.get(2) instanceof Text key
                    && id.get(4) instanceof Whole elements
                    && elements.value() >= 0) {
                return new StorageReference(
                        TorchStorage.typeOfClass(storageClass, file),
                        key.value(file),
                        elements.value(),
                        id.size() == 6 ? view(id.get(5), file) : Optional.empty());
            }
        }
        throw InvalidFile.because(file, "it refers to outside data in a way that PyTorch does not");
    }

    private static Optional<View> view(PickleValue value, String file) {
        if (value == PickleValue.Nothing.NONE) {
            return Optional.empty();
        }
        if (value instanceof Tuple tuple
                && tuple.items().size() == 3
                && tuple.items().get(1) instanceof Whole offset
                && tuple.items().get(2) instanceof Whole elements
                && offset.value() >= 0
                && elements.value() >= 0) {
            return Optional.of(new View(offset.value(), elements.value()));
        }
        throw InvalidFile.because(file, "a view of a storage is damaged");
    }

    /** Bytes that one counted element takes. */
    int elementBytes() {
        return type.map(StoredType::bytes).orElse(1);
    }
}
