package org.saminversion.inversion.file;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.saminversion.graph.ElementType;

/** The dtype names of safetensors that are read, with the number format each stands for. */
enum SafetensorsType {
    F16(StoredType.FLOAT16),
    BF16(StoredType.BFLOAT16),
    F32(StoredType.FLOAT32),
    F64(StoredType.FLOAT64),
    I32(StoredType.INT32),
    I64(StoredType.INT64),
    U8(StoredType.UINT8),
    BOOL(StoredType.BOOL);

    private static final List<SafetensorsType> ALL = List.of(values());

    private final StoredType stored;

    SafetensorsType(StoredType stored) {
        this.stored = stored;
    }

    StoredType stored() {
        return stored;
    }

    static Optional<SafetensorsType> named(String dtype) {
        return ALL.stream().filter(type -> type.name().equals(dtype)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** The type that keeps an element type as it is. */
    static SafetensorsType storing(ElementType type) {
        return switch (type) {
            case FLOAT32 -> F32;
            case FLOAT64 -> F64;
            case INT32 -> I32;
            case INT64 -> I64;
            case UINT8 -> U8;
            case BOOL -> BOOL;
        };
    }
}
