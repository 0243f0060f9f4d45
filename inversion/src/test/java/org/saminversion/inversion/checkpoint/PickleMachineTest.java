package org.saminversion.inversion.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saminversion.inversion.checkpoint.PickleValue.Dictionary;
import org.saminversion.inversion.checkpoint.PickleValue.Flag;
import org.saminversion.inversion.checkpoint.PickleValue.Instance;
import org.saminversion.inversion.checkpoint.PickleValue.LargeWhole;
import org.saminversion.inversion.checkpoint.PickleValue.Nothing;
import org.saminversion.inversion.checkpoint.PickleValue.Real;
import org.saminversion.inversion.checkpoint.PickleValue.Sequence;
import org.saminversion.inversion.checkpoint.PickleValue.Text;
import org.saminversion.inversion.checkpoint.PickleValue.Tuple;
import org.saminversion.inversion.checkpoint.PickleValue.Whole;
import org.saminversion.inversion.failure.JobFailure;

class PickleMachineTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void buildsWhatPythonWrote(int protocol) {
        Dictionary root = assertInstanceOf(
                Dictionary.class,
                load(PickleWriter.pickle(
                        protocol,
                        Map.of(
                                "flag",
                                true,
                                "number",
                                -70000,
                                "real",
                                0.5,
                                "nothing",
                                PickleWriter.NONE,
                                "list",
                                List.of(1, "two"),
                                "tuple",
                                PickleWriter.tuple(3)))));
        assertEquals(new Flag(true), root.items().get("flag"));
        assertEquals(new Whole(-70000), root.items().get("number"));
        assertEquals(new Real(0.5), root.items().get("real"));
        assertSame(Nothing.NONE, root.items().get("nothing"));
        Sequence list = assertInstanceOf(Sequence.class, root.items().get("list"));
        assertEquals(new Whole(1), list.items().get(0));
        assertEquals("two", assertInstanceOf(Text.class, list.items().get(1)).value("test"));
        assertEquals(
                List.of(new Whole(3)),
                assertInstanceOf(Tuple.class, root.items().get("tuple")).items());
    }

    @Test
    void readsNumbersOfAnyLength() {
        assertEquals(new Whole(0), load("80 02 8a 00 2e"));
        assertEquals(new Whole(-2), load("80 02 8a 01 fe 2e"));
        assertEquals(new Whole(255), load("80 02 8a 02 ff 00 2e"));
        assertEquals(new Whole(Long.MIN_VALUE), load("80 02 8a 08 00 00 00 00 00 00 00 80 2e"));
        LargeWhole magic = assertInstanceOf(LargeWhole.class, load("80 02 8a 0a 6c fc 9c 46 f9 20 6a a8 50 19 2e"));
        assertEquals("1950a86a20f9469cfc6c", magic.value().toString(16));
        assertEquals(new Whole(-1), load("80 02 4a ff ff ff ff 2e"));
        assertEquals(new Whole(65535), load("80 02 4d ff ff 2e"));
    }

    @Test
    void sharedValuesStayShared() {
        PickleWriter.Call shared = PickleWriter.orderedDictionary(Map.of("a", 1));
        Sequence list = assertInstanceOf(Sequence.class, load(PickleWriter.pickle(4, List.of(shared, shared))));
        assertSame(list.items().get(0), list.items().get(1));
    }

    @Test
    void aCallIsDescribedAndNotMade() {
        Instance call = assertInstanceOf(
                Instance.class,
                load(PickleWriter.pickle(2, PickleWriter.call("torch._utils", "_rebuild_parameter", 1, false))));
        assertEquals("torch._utils._rebuild_parameter", call.type().qualifiedName());
        assertEquals(List.of(new Whole(1), new Flag(false)), call.arguments());
    }

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "subprocess, Popen",
        "builtins, eval",
        "__builtin__, eval",
        "builtins, getattr",
        "torch, load",
        "torch.nn.modules.container, __reduce__",
        "torch.hub, load",
        "numpy, load",
        "runpy, run_path"
    })
    void aNameThatNoCheckpointNeedsIsRefused(String module, String name) {
        for (int protocol : new int[] {2, 4}) {
            byte[] pickle = PickleWriter.pickle(protocol, PickleWriter.call(module, name, "rm -rf /"));
            assertRefused(pickle, "'" + module + "." + name + "'");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing at all,                        80 02,                            cut short",
        "STOP on an empty stack,                80 02 2e,                         empty stack",
        "protocol 0,                            80 00 4e 2e,                      protocol 0",
        "protocol 6,                            80 06 4e 2e,                      protocol 6",
        "an unknown operation,                  80 02 ff 2e,                      operation 0xff",
        "a persistent id as text,               80 02 50 31 0a 2e,                operation 0x50",
        "an extension code,                     80 02 82 01 2e,                   operation 0x82",
        "a memo that was never stored,          80 02 68 05 2e,                   never stored",
        "a group that was never opened,         80 02 74 2e,                      never opened",
        "a tuple across a mark,                 80 02 4e 28 4e 86 2e,             empty stack",
        "an item set on a number,               80 02 4b 01 4b 02 4b 03 73 2e,    not a dictionary",
        "an append to a number,                 80 02 4b 01 4b 02 61 2e,          not a list",
        "a key without a value,                 80 02 7d 28 4b 01 75 2e,          without a value",
        "a call of a number,                    80 02 4b 01 29 52 2e,             not a named class",
        "a state on a list,                     80 02 5d 4e 62 2e,                not an object",
        "text longer than the file,             80 02 58 ff ff ff 7f 61 2e,       cut short",
        "text of more than 2^63 bytes,          80 04 8d ff ff ff ff ff ff ff ff 2e, cut short",
        "bytes longer than the file,            80 04 8e 00 00 00 00 01 00 00 00 2e, cut short",
        "a class named by a number,             80 04 4b 01 4b 02 93 2e,          short text",
        "a name without an end,                 80 02 63 6f 73,                   cut short"
    })
    void aBrokenPickleIsRefused(String name, String hex, String complaint) {
        assertRefused(bytes(hex), complaint);
    }

    @Test
    void anEndlessNameIsRefused() {
        byte[] pickle = ("\u0080\u0002c" + "a".repeat(1000)).getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(pickle, "longer than 256 bytes");
    }

    @Test
    void tooManyOperationsAreRefused() {
        byte[] pickle = new byte[PickleMachine.OPERATIONS_MAXIMUM + 10];
        Arrays.fill(pickle, (byte) ']');
        assertRefused(pickle, "more than 1000000 operations");
    }

    @Test
    void deepNestingDoesNotExhaustTheStack() {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(new byte[] {(byte) 0x80, 2});
        for (int i = 0; i < 200_000; i++) {
            pickle.write(']');
        }
        for (int i = 0; i < 199_999; i++) {
            pickle.write('a');
        }
        pickle.write('.');
        PickleValue root = load(pickle.toByteArray());
        JobFailure.Rejected failure = assertThrows(
                JobFailure.Rejected.class,
                () -> ObjectFlattener.flatten(root, StorageSource.none("deep"), FileFormat.PICKLE, "deep"));
        assertTrue(failure.getMessage().contains("nested too deeply"), failure.getMessage());
    }

    @Test
    void aListThatHoldsItselfIsRefused() {
        PickleValue root = load("80 02 5d 71 00 68 00 61 2e");
        assertThrows(
                JobFailure.Rejected.class,
                () -> ObjectFlattener.flatten(root, StorageSource.none("loop"), FileFormat.PICKLE, "loop"));
    }

    @Test
    void aSmallFileThatDescribesAnEnormousTreeIsRefused() {
        // Each list holds the one before it ten times: 10^60 paths in 2 kilobytes.
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(bytes("80 02 5d 71 00 30"));
        for (int level = 1; level <= 60; level++) {
            pickle.writeBytes(new byte[] {']', 'q', (byte) level, '('});
            for (int i = 0; i < 10; i++) {
                pickle.writeBytes(new byte[] {'h', (byte) (level - 1)});
            }
            pickle.writeBytes(new byte[] {'e', '0'});
        }
        pickle.writeBytes(bytes("68 3c 2e"));
        PickleValue root = load(pickle.toByteArray());
        assertThrows(
                JobFailure.Rejected.class,
                () -> ObjectFlattener.flatten(root, StorageSource.none("bomb"), FileFormat.PICKLE, "bomb"));
    }

    private static PickleValue load(byte[] pickle) {
        return PickleMachine.load(new PickleInput(ByteBuffer.wrap(pickle), "test.pkl"));
    }

    private static PickleValue load(String hex) {
        return load(bytes(hex));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static void assertRefused(byte[] pickle, String complaint) {
        JobFailure.Rejected failure = assertThrows(JobFailure.Rejected.class, () -> load(pickle));
        assertEquals("file-invalid", failure.kind());
        assertTrue(failure.getMessage().startsWith("test.pkl: "), failure.getMessage());
        assertTrue(failure.getMessage().contains(complaint), failure.getMessage());
    }
}
