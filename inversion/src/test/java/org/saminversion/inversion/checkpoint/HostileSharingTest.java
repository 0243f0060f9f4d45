package org.saminversion.inversion.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.failure.JobFailure;

/**
 * A pickle can use one value in many places for two bytes each. Whatever is expensive to make of a value must therefore be
 * made once.
 */
class HostileSharingTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

    @Test
    void oneNestedFileBehindManyTensorsIsReadOnce() {
        // Each nested stream alone takes 900,000 operations to read, and 20,000 storages share its bytes.
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        nested.writeBytes(hex("80028a0a6cfc9c46f9206aa850192e 80024de9032e 80027d2e 8002"));
        for (int i = 0; i < 300_000; i++) {
            nested.writeBytes(new byte[] {'N', '0'});
        }
        nested.writeBytes(utf8("(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0000X\3\0\0\0cpuK\1NtQ."));
        nested.writeBytes(hex("8002"));
        nested.writeBytes(utf8("]X\1\0\0\0000a."));
        nested.writeBytes(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f});
        start();
        pickle.writeBytes(utf8("ctorch.storage\n_load_from_bytes\nq\1" + "0"));
        pickle.write('B');
        pickle.writeBytes(littleEndian(nested.size()));
        pickle.writeBytes(nested.toByteArray());
        pickle.writeBytes(utf8("q\2" + "0ctorch._utils\n_rebuild_tensor_v2\nq\3" + "0]("));
        for (int i = 0; i < 20_000; i++) {
            pickle.writeBytes(utf8("h\3(h\1h\2"));
            pickle.write(0x85);
            pickle.writeBytes(utf8("RK\0))tR"));
        }
        pickle.writeBytes(utf8("e."));
        Checkpoint checkpoint = assertTimeoutPreemptively(LONGEST, this::parse);
        assertEquals(20_000, checkpoint.tensors().size());
        assertEquals(1f, checkpoint.tensors().get("123").load().toFloats()[0]);
    }

    @Test
    void oneTextBehindManyArraysIsDecodedOnce() {
        // 2,000 arrays over one text of 4 million characters: 8 GB if each had a copy.
        int length = 4_000_000;
        start();
        pickle.write('X');
        pickle.writeBytes(littleEndian(length));
        pickle.writeBytes(new byte[length]);
        pickle.writeBytes(utf8("q\1" + "0cnumpy.core.multiarray\n_reconstruct\nq\2" + "0cnumpy\ndtype\n(X\2\0\0\0u1"));
        pickle.writeBytes(utf8("K\0K\1tR(K\3X\1\0\0\0|tbq\3" + "0J"));
        pickle.writeBytes(littleEndian(length));
        pickle.write(0x85);
        pickle.writeBytes(utf8("q\4" + "0]("));
        for (int i = 0; i < 2_000; i++) {
            pickle.writeBytes(utf8("h\2)R(K\1h\4h\3"));
            pickle.write(0x89);
            pickle.writeBytes(utf8("h\1tb"));
        }
        pickle.writeBytes(utf8("e."));
        JobFailure.Rejected failure =
                assertTimeoutPreemptively(LONGEST, () -> assertThrows(JobFailure.Rejected.class, this::parse));
        assertTrue(failure.getMessage().contains("far more than the file holds"), failure.getMessage());
    }

    @Test
    void oneKeyInManyDictionariesIsDecodedOnce() {
        // 200,000 dictionaries with one key of 4,000 characters: 800 MB if each had a copy.
        start();
        pickle.writeBytes(utf8("X"));
        pickle.writeBytes(littleEndian(4_000));
        pickle.writeBytes(utf8("k".repeat(4_000)));
        pickle.writeBytes(utf8("q\1" + "0]("));
        for (int i = 0; i < 200_000; i++) {
            pickle.writeBytes(utf8("}h\1Ns"));
        }
        pickle.writeBytes(utf8("e."));
        JobFailure.Rejected failure =
                assertTimeoutPreemptively(LONGEST, () -> assertThrows(JobFailure.Rejected.class, this::parse));
        assertTrue(failure.getMessage().contains("nested too deeply"), failure.getMessage());
    }

    private void start() {
        pickle.writeBytes(hex("8002"));
    }

    private Checkpoint parse() {
        return CheckpointReader.parse(ByteBuffer.wrap(pickle.toByteArray()), "hostile.pkl");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] littleEndian(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }
}
