package org.saminversion.inversion.checkpoint;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.saminversion.inversion.checkpoint.PickleValue.Bytes;
import org.saminversion.inversion.checkpoint.PickleValue.Dictionary;
import org.saminversion.inversion.checkpoint.PickleValue.Flag;
import org.saminversion.inversion.checkpoint.PickleValue.Global;
import org.saminversion.inversion.checkpoint.PickleValue.Instance;
import org.saminversion.inversion.checkpoint.PickleValue.LargeWhole;
import org.saminversion.inversion.checkpoint.PickleValue.Nothing;
import org.saminversion.inversion.checkpoint.PickleValue.Persistent;
import org.saminversion.inversion.checkpoint.PickleValue.Real;
import org.saminversion.inversion.checkpoint.PickleValue.Sequence;
import org.saminversion.inversion.checkpoint.PickleValue.Text;
import org.saminversion.inversion.checkpoint.PickleValue.Tuple;
import org.saminversion.inversion.checkpoint.PickleValue.Whole;

/**
 * Evaluates one pickle (protocols 2 to 5) to inert values.
 *
 * <p>A call in the pickle becomes an {@link Instance} that describes the call; nothing is called. Memory grows by a small
 * constant per operation and operations are counted; large texts and byte strings stay slices of the file.
 */
final class PickleMachine {
    /** A StyleGAN2 pickle of 1024 pixels with three networks takes about 150,000 operations. */
    static final int OPERATIONS_MAXIMUM = 1_000_000;

    private final PickleInput input;
    private final PickleStack stack;
    private final Map<Long, PickleValue> memo = new HashMap<>();

    private PickleMachine(PickleInput input) {
        this.input = input;
        this.stack = new PickleStack(input);
    }

    /**
     * Reads one pickle; the input stands right behind it afterwards.
     *
     * @throws org.saminversion.inversion.failure.JobFailure.Rejected if it is damaged, too large, or mentions a Python
     *     name that is not allowed
     */
    static PickleValue load(PickleInput input) {
        return new PickleMachine(input).run();
    }

    private PickleValue run() {
        for (int operations = 0; operations < OPERATIONS_MAXIMUM; operations++) {
            int opcode = input.unsignedByte();
            if (opcode == '.') {
                return stack.pop();
            }
            if (!pushNumber(opcode) && !pushText(opcode) && !collect(opcode) && !remember(opcode)) {
                describe(opcode);
            }
        }
        throw input.invalid("it has more than " + OPERATIONS_MAXIMUM + " operations");
    }

    private boolean pushNumber(int opcode) {
        switch (opcode) {
            case 'N' -> stack.push(Nothing.NONE);
            case 0x88 -> stack.push(new Flag(true));
            case 0x89 -> stack.push(new Flag(false));
            case 'J' -> stack.push(new Whole(input.signedInt()));
            case 'K' -> stack.push(new Whole(input.unsignedByte()));
            case 'M' -> stack.push(new Whole(input.unsignedShort()));
            case 0x8a -> stack.push(whole(input.slice(input.unsignedByte())));
            case 'G' -> stack.push(new Real(input.bigEndianDouble()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static PickleValue whole(ByteBuffer littleEndian) {
        byte[] bigEndian = new byte[littleEndian.remaining() + 1];
        for (int i = 0; i < littleEndian.remaining(); i++) {
            bigEndian[bigEndian.length - 1 - i] = littleEndian.get(i);
        }
        if (bigEndian.length > 1 && bigEndian[1] < 0) {
            bigEndian[0] = -1;
        }
        BigInteger value = new BigInteger(bigEndian);
        return value.bitLength() < Long.SIZE ? new Whole(value.longValue()) : new LargeWhole(value);
    }

    private boolean pushText(int opcode) {
        switch (opcode) {
            case 'X' -> stack.push(text(input.unsignedInt(), StandardCharsets.UTF_8));
            case 0x8c -> stack.push(text(input.unsignedByte(), StandardCharsets.UTF_8));
            case 0x8d -> stack.push(text(input.signedLong(), StandardCharsets.UTF_8));
            // Python 2 strings: text and raw bytes alike.
            case 'T' -> stack.push(text(input.unsignedInt(), StandardCharsets.ISO_8859_1));
            case 'U' -> stack.push(text(input.unsignedByte(), StandardCharsets.ISO_8859_1));
            case 'B' -> stack.push(new Bytes(input.slice(input.unsignedInt())));
            case 'C' -> stack.push(new Bytes(input.slice(input.unsignedByte())));
            case 0x8e, 0x96 -> stack.push(new Bytes(input.slice(input.signedLong())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private Text text(long length, Charset charset) {
        return new Text(input.slice(length), charset);
    }

    private boolean collect(int opcode) {
        switch (opcode) {
            case '(' -> stack.mark();
            case ')' -> stack.push(new Tuple(List.of()));
            case 0x85 -> stack.push(new Tuple(stack.pop(1)));
            case 0x86 -> stack.push(new Tuple(stack.pop(2)));
            case 0x87 -> stack.push(new Tuple(stack.pop(3)));
            case 't' -> stack.push(new Tuple(stack.popToMark()));
            case ']', 0x8f -> stack.push(new Sequence());
            case 'l', 0x91 -> {
                List<PickleValue> items = stack.popToMark();
                stack.push(new Sequence());
                append(items);
            }
            case 'a' -> append(stack.pop(1));
            case 'e', 0x90 -> append(stack.popToMark());
            case '}' -> stack.push(new Dictionary());
            case 'd' -> {
                List<PickleValue> items = stack.popToMark();
                stack.push(new Dictionary());
                put(items);
            }
            case 's' -> put(stack.pop(2));
            case 'u' -> put(stack.popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void append(List<PickleValue> items) {
        PickleValue target = stack.peek();
        if (target instanceof Sequence sequence) {
            sequence.items().addAll(items);
        } else if (target instanceof Instance instance) {
            instance.elements().items().addAll(items);
        } else {
            throw input.invalid("it appends to something that is not a list");
        }
    }

    private void put(List<PickleValue> items) {
        PickleValue target = stack.peek();
        Dictionary dictionary;
        if (target instanceof Dictionary plain) {
            dictionary = plain;
        } else if (target instanceof Instance instance) {
            dictionary = instance.items();
        } else {
            throw input.invalid("it sets an item of something that is not a dictionary");
        }
        if (items.size() % 2 != 0) {
            throw input.invalid("it sets a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            dictionary.put(items.get(i), items.get(i + 1), input.file());
        }
    }

    private boolean remember(int opcode) {
        switch (opcode) {
            case 0x80 -> {
                int protocol = input.unsignedByte();
                if (protocol < 2 || protocol > 5) {
                    throw input.invalid("it is of pickle protocol " + protocol + "; 2 to 5 are read");
                }
            }
            case 0x95 -> input.signedLong();
            case 0x94 -> memo.put((long) memo.size(), stack.peek());
            case 'q' -> memo.put((long) input.unsignedByte(), stack.peek());
            case 'r' -> memo.put(input.unsignedInt(), stack.peek());
            case 'h' -> stack.push(remembered(input.unsignedByte()));
            case 'j' -> stack.push(remembered(input.unsignedInt()));
            case '0' -> stack.pop();
            case '2' -> stack.push(stack.peek());
            default -> {
                return false;
            }
        }
        return true;
    }

    private PickleValue remembered(long index) {
        PickleValue value = memo.get(index);
        if (value == null) {
            throw input.invalid("it refers to value " + index + ", which it never stored");
        }
        return value;
    }

    private void describe(int opcode) {
        switch (opcode) {
            case 'c' -> stack.push(global(input.line(), input.line()));
            case 0x93 -> {
                List<PickleValue> names = stack.pop(2);
                stack.push(global(name(names.get(0)), name(names.get(1))));
            }
            case 'R', 0x81 -> {
                List<PickleValue> call = stack.pop(2);
                if (!(call.get(0) instanceof Global type) || !(call.get(1) instanceof Tuple arguments)) {
                    throw input.invalid("it calls something that is not a named class or function");
                }
                stack.push(new Instance(type, arguments));
            }
            case 'b' -> {
                PickleValue state = stack.pop();
                if (!(stack.peek() instanceof Instance instance)) {
                    throw input.invalid("it sets the state of something that is not an object");
                }
                instance.setState(state);
            }
            case 'Q' -> stack.push(new Persistent(stack.pop()));
            default ->
                throw input.invalid(String.format(
                        "it uses the pickle operation 0x%02x, which no supported writer needs, or it is damaged",
                        opcode));
        }
    }

    private String name(PickleValue value) {
        if (!(value instanceof Text text) || !text.isShort()) {
            throw input.invalid("a class name is not a short text");
        }
        return text.value(input.file());
    }

    private Global global(String module, String name) {
        Global global = new Global(module, name);
        if (!AllowedGlobals.allows(global)) {
            throw input.invalid("it asks for the Python object '" + abbreviate(global.qualifiedName())
                    + "', which no supported checkpoint needs; the file is refused and nothing in it was run");
        }
        return global;
    }

    private static String abbreviate(String name) {
        return name.length() <= 120 ? name : name.substring(0, 120) + "...";
    }
}
