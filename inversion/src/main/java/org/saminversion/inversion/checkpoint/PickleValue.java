package org.saminversion.inversion.checkpoint;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saminversion.inversion.file.InvalidFile;

/**
 * What a pickle describes, as inert data. Values refer to each other freely, even in circles, so containers have no
 * {@code equals} or {@code toString} that would follow them.
 */
sealed interface PickleValue {
    /** Python's None. */
    enum Nothing implements PickleValue {
        NONE
    }

    record Flag(boolean value) implements PickleValue {}

    record Whole(long value) implements PickleValue {}

    /** A whole number beyond 64 bits. */
    record LargeWhole(BigInteger value) implements PickleValue {}

    record Real(double value) implements PickleValue {}

    /** The name of a Python class or function. */
    record Global(String module, String name) implements PickleValue {
        String qualifiedName() {
            return module + "." + name;
        }
    }

    /** A reference to data outside the pickle, for PyTorch a storage. */
    record Persistent(PickleValue id) implements PickleValue {}

    /** Bytes of the file itself, not copied. */
    final class Bytes implements PickleValue {
        private final ByteBuffer slice;

        Bytes(ByteBuffer slice) {
            this.slice = slice;
        }

        ByteBuffer slice() {
            return slice.duplicate();
        }
    }

    /**
     * Text of the file, decoded only when asked for, and once: a text may be used in many places, and a copy for each would
     * let a small file take much memory.
     */
    final class Text implements PickleValue {
        private static final int NAME_BYTES_MAXIMUM = 4096;

        private final ByteBuffer encoded;
        private final Charset charset;
        private Optional<String> decoded = Optional.empty();
        private Optional<ByteBuffer> latin1 = Optional.empty();

        Text(ByteBuffer encoded, Charset charset) {
            this.encoded = encoded;
            this.charset = charset;
        }

        /** @throws org.saminversion.inversion.failure.JobFailure.Rejected for text that is too long to be a name */
        String value(String file) {
            if (!isShort()) {
                throw InvalidFile.because(file, "it uses a text of " + encoded.remaining() + " bytes as a name");
            }
            if (decoded.isEmpty()) {
                decoded = Optional.of(charset.decode(encoded.duplicate()).toString());
            }
            return decoded.get();
        }

        boolean isShort() {
            return encoded.remaining() <= NAME_BYTES_MAXIMUM;
        }

        /** The bytes that Python 2 or protocol 2 stored as text, one byte per character. */
        ByteBuffer latin1() {
            if (latin1.isEmpty()) {
                latin1 = Optional.of(
                        charset == StandardCharsets.ISO_8859_1
                                ? encoded
                                : StandardCharsets.ISO_8859_1.encode(charset.decode(encoded.duplicate())));
            }
            return latin1.get().duplicate();
        }
    }

    /** A tuple, which never changes. */
    final class Tuple implements PickleValue {
        private final List<PickleValue> items;

        Tuple(List<PickleValue> items) {
            this.items = List.copyOf(items);
        }

        List<PickleValue> items() {
            return items;
        }
    }

    /** A list or a set. */
    final class Sequence implements PickleValue {
        private final List<PickleValue> items = new ArrayList<>(0);

        List<PickleValue> items() {
            return items;
        }
    }

    /** A dictionary. Keys that are neither text nor whole numbers are left out: no supported writer has them. */
    final class Dictionary implements PickleValue {
        private final Map<String, PickleValue> items = new LinkedHashMap<>(0);

        void put(PickleValue key, PickleValue value, String file) {
            if (key instanceof Text text) {
                items.put(text.value(file), value);
            } else if (key instanceof Whole whole) {
                items.put(Long.toString(whole.value()), value);
            }
        }

        Map<String, PickleValue> items() {
            return items;
        }

        Optional<PickleValue> get(String key) {
            return Optional.ofNullable(items.get(key));
        }
    }

    /** A call or an object that Python would make: what would be called, with what, and what would be set on it. */
    final class Instance implements PickleValue {
        private final Global type;
        private final Tuple arguments;
        private final Dictionary items = new Dictionary();
        private final Sequence elements = new Sequence();
        private PickleValue state = Nothing.NONE;

        Instance(Global type, Tuple arguments) {
            this.type = type;
            this.arguments = arguments;
        }

        Global type() {
            return type;
        }

        boolean is(String qualifiedName) {
            return type.qualifiedName().equals(qualifiedName);
        }

        List<PickleValue> arguments() {
            return arguments.items();
        }

        Dictionary items() {
            return items;
        }

        Sequence elements() {
            return elements;
        }

        PickleValue state() {
            return state;
        }

        void setState(PickleValue state) {
            this.state = state;
        }
    }
}
