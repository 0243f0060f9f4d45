package org.saminversion.inversion.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes pickles the way Python does, in protocol 2 (PyTorch) or 4 (NVIDIA). Calls that occur twice are shared. */
public final class PickleWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<Object, Integer> memo = new IdentityHashMap<>();
    private final int protocol;

    private PickleWriter(int protocol) {
        this.protocol = protocol;
    }

    /** A Python class or function. */
    record Name(String module, String name) {}

    record TupleOf(List<Object> items) {}

    /** A call, and what is set on its result: items of a dictionary, and a state. */
    record Call(Name callable, List<Object> arguments, Map<String, Object> items, Object state) {}

    record PersistentId(TupleOf id) {}

    public static final Object NONE = new Object();

    static Name name(String module, String name) {
        return new Name(module, name);
    }

    static TupleOf tuple(Object... items) {
        return new TupleOf(List.of(items));
    }

    static Call call(String module, String name, Object... arguments) {
        return new Call(name(module, name), List.of(arguments), Map.of(), NONE);
    }

    public static Call orderedDictionary(Map<String, Object> items) {
        return new Call(name("collections", "OrderedDict"), List.of(), items, NONE);
    }

    static byte[] pickle(int protocol, Object value) {
        PickleWriter writer = new PickleWriter(protocol);
        writer.bytes.write(0x80);
        writer.bytes.write(protocol);
        writer.write(value);
        writer.bytes.write('.');
        return writer.bytes.toByteArray();
    }

    private void write(Object value) {
        if (value == NONE) {
            bytes.write('N');
        } else if (value instanceof Boolean flag) {
            bytes.write(flag ? 0x88 : 0x89);
        } else if (value instanceof Integer number) {
            writeInteger(number);
        } else if (value instanceof Double number) {
            bytes.write('G');
            bytes.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
        } else if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            writeSized('X', utf8);
        } else if (value instanceof byte[] raw) {
            writeSized('B', raw);
        } else if (value instanceof Name name) {
            writeName(name);
        } else if (value instanceof TupleOf tuple) {
            bytes.write('(');
            tuple.items.forEach(this::write);
            bytes.write('t');
        } else if (value instanceof List<?> list) {
            bytes.write(']');
            bytes.write('(');
            list.forEach(this::write);
            bytes.write('e');
        } else if (value instanceof Map<?, ?> map) {
            bytes.write('}');
            writeItems(map);
        } else if (value instanceof PersistentId persistent) {
            write(persistent.id);
            bytes.write('Q');
        } else if (value instanceof Call call) {
            writeCall(call);
        } else {
            throw new IllegalArgumentException("no pickle form for " + value);
        }
    }

    private void writeInteger(int number) {
        if (number >= 0 && number < 256) {
            bytes.write('K');
            bytes.write(number);
        } else {
            bytes.write('J');
            writeLittleEndian(number);
        }
    }

    private void writeName(Name name) {
        if (protocol < 4) {
            bytes.writeBytes(("c" + name.module + "\n" + name.name + "\n").getBytes(StandardCharsets.UTF_8));
        } else {
            for (String part : List.of(name.module, name.name)) {
                byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
                bytes.write(0x8c);
                bytes.write(utf8.length);
                bytes.writeBytes(utf8);
            }
            bytes.write(0x93);
        }
    }

    private void writeCall(Call call) {
        Integer known = memo.get(call);
        if (known != null) {
            bytes.write('j');
            writeLittleEndian(known);
            return;
        }
        write(call.callable);
        write(new TupleOf(call.arguments));
        bytes.write('R');
        bytes.write('r');
        memo.put(call, memo.size());
        writeLittleEndian(memo.get(call));
        if (!call.items.isEmpty()) {
            writeItems(call.items);
        }
        if (call.state != NONE) {
            write(call.state);
            bytes.write('b');
        }
    }

    private void writeItems(Map<?, ?> items) {
        bytes.write('(');
        items.forEach((key, item) -> {
            write(key);
            write(item);
        });
        bytes.write('u');
    }

    private void writeSized(int opcode, byte[] content) {
        bytes.write(opcode);
        writeLittleEndian(content.length);
        bytes.writeBytes(content);
    }

    private void writeLittleEndian(int number) {
        bytes.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
    }
}
