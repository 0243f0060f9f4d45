package org.saminversion.inversion.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saminversion.graph.Shape;

/**
 * The header of an {@code .npy} file: magic, version, length and a Python dictionary literal of three known keys.
 *
 * @param length bytes from the start of the file to the data
 */
record NpyHeader(StoredType type, ByteOrder order, boolean fortranOrder, Shape shape, int length) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** Magic, version and the longer form of the length. */
    static final int PREFIX_BYTES_MAXIMUM = 12;

    private static final int DICTIONARY_BYTES_MAXIMUM = 64 << 10;
    private static final int RANK_MAXIMUM = 32;
    private static final String READABLE = "<f2, <f4, <f8, <i4, <i8, their big-endian forms, |u1 and |b1";

    private static final Pattern DESCRIPTION = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern FORTRAN_ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L,\\s]*)\\)");
    private static final Pattern THREE_ITEMS =
            Pattern.compile("\\{\\s*(?:" + DESCRIPTION + "|" + FORTRAN_ORDER + "|" + SHAPE + ")\\s*,"
                    + "\\s*(?:" + DESCRIPTION + "|" + FORTRAN_ORDER + "|" + SHAPE + ")\\s*,"
                    + "\\s*(?:" + DESCRIPTION + "|" + FORTRAN_ORDER + "|" + SHAPE + ")\\s*,?\\s*\\}\\s*");

    /** How many bytes from the start are needed to call {@link #parse}, judged from the first twelve or fewer. */
    static int length(ByteBuffer start, String file) {
        ByteBuffer bytes = start.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < MAGIC.length + 4 || !startsWithMagic(bytes)) {
            throw InvalidFile.because(file, "it does not begin like a NumPy array");
        }
        int major = bytes.get(MAGIC.length);
        int lengthAt = MAGIC.length + 2;
        long dictionary;
        int prefix;
        if (major == 1) {
            dictionary = Short.toUnsignedInt(bytes.getShort(lengthAt));
            prefix = lengthAt + 2;
        } else if ((major == 2 || major == 3) && bytes.remaining() >= lengthAt + 4) {
            dictionary = Integer.toUnsignedLong(bytes.getInt(lengthAt));
            prefix = lengthAt + 4;
        } else {
            throw InvalidFile.because(file, "it is of NumPy format version " + major + "; 1 to 3 are read");
        }
        if (dictionary > DICTIONARY_BYTES_MAXIMUM) {
            throw InvalidFile.because(file, "it claims a header of " + dictionary + " bytes");
        }
        return prefix + (int) dictionary;
    }

    private static boolean startsWithMagic(ByteBuffer bytes) {
        return bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    /** @param start the file from its first byte, at least its whole header */
    static NpyHeader parse(ByteBuffer start, String file) {
        int length = length(start, file);
        if (start.remaining() < length) {
            throw InvalidFile.because(file, "its header is cut short");
        }
        int prefix = start.get(start.position() + MAGIC.length) == 1 ? PREFIX_BYTES_MAXIMUM - 2 : PREFIX_BYTES_MAXIMUM;
        String dictionary = StandardCharsets.UTF_8
                .decode(start.slice(start.position() + prefix, length - prefix))
                .toString();
        Matcher description = DESCRIPTION.matcher(dictionary);
        Matcher fortranOrder = FORTRAN_ORDER.matcher(dictionary);
        Matcher shape = SHAPE.matcher(dictionary);
        boolean wellFormed = THREE_ITEMS.matcher(dictionary).matches();
        if (!wellFormed || !description.find() || !fortranOrder.find() || !shape.find()) {
            throw InvalidFile.because(
                    file,
                    "its header is not a simple array of numbers (" + READABLE + "): "
                            + dictionary
                                    .strip()
                                    .substring(
                                            0, Math.min(120, dictionary.strip().length())));
        }
        String typeName = description.group(1);
        StoredType type = type(typeName, file);
        ByteOrder order = typeName.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(
                type,
                order,
                fortranOrder.group(1).equals("True"),
                ShapeCheck.shape(sizes(shape.group(1), file), type, "the array", file),
                length);
    }

    private static StoredType type(String name, String file) {
        if (!name.isEmpty() && "<>|=".indexOf(name.charAt(0)) >= 0) {
            switch (name.substring(1)) {
                case "f2":
                    return StoredType.FLOAT16;
                case "f4":
                    return StoredType.FLOAT32;
                case "f8":
                    return StoredType.FLOAT64;
                case "i4":
                    return StoredType.INT32;
                case "i8":
                    return StoredType.INT64;
                case "u1":
                    return StoredType.UINT8;
                case "b1":
                    return StoredType.BOOL;
                default:
                    break;
            }
        }
        throw InvalidFile.because(file, "its elements are '" + name + "'; these are read: " + READABLE);
    }

    private static List<Long> sizes(String tuple, String file) {
        List<Long> sizes = new ArrayList<>();
        for (String part : tuple.split(",")) {
            // Python 2 wrote long integers as 3L.
            String digits = part.strip().replaceFirst("L$", "");
            if (!digits.isEmpty() || sizes.size() > RANK_MAXIMUM) {
                if (!digits.matches("[0-9]{1,18}") || sizes.size() == RANK_MAXIMUM) {
                    throw InvalidFile.because(file, "its shape cannot be read: (" + tuple + ")");
                }
                sizes.add(Long.valueOf(digits));
            }
        }
        return sizes;
    }

    /** Bytes of the data after the header. */
    long dataBytes() {
        return (long) shape.elements() * type.bytes();
    }

    /** The header as version 1 text, padded to a multiple of 64 bytes. */
    static byte[] version1(String description, Shape shape) {
        StringBuilder sizes = new StringBuilder();
        for (int size : shape.toArray()) {
            sizes.append(size).append(shape.rank() == 1 ? "," : ", ");
        }
        String tuple = shape.rank() > 1 ? sizes.substring(0, sizes.length() - 2) : sizes.toString();
        String dictionary = "{'descr': '" + description + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
        int prefix = PREFIX_BYTES_MAXIMUM - 2;
        int padded = (prefix + dictionary.length() + 1 + 63) / 64 * 64;
        String line = dictionary + " ".repeat(padded - prefix - dictionary.length() - 1) + "\n";
        return ByteBuffer.allocate(padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) line.length())
                .put(line.getBytes(StandardCharsets.US_ASCII))
                .array();
    }
}
