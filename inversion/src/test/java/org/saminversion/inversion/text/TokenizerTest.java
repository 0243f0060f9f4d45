package org.saminversion.inversion.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.Mutations;

class TokenizerTest {
    private static final int START = 515;
    private static final int END = 516;
    /** Tokens at the end of a word come after those within. */
    private static final int WORD_END = 256;

    private static final byte[] FILE = RandomClip.VOCABULARY.getBytes(StandardCharsets.UTF_8);

    private final Tokenizer tokenizer = new Tokenizer(BytePairs.parse(FILE, "merges"), 12);

    @Test
    void pairsAreMergedInTheOrderOfTheList() {
        // "low" is one token at the end of a word; in "lower" it is "lo", "w" and "er".
        assertArrayEquals(new long[] {START, 513, END}, tokenizer.numbers("low"));
        assertArrayEquals(new long[] {START, 512, letter('w'), 514, END}, tokenizer.numbers("lower"));
        assertArrayEquals(new long[] {START, letter('l'), 512, letter('o') + WORD_END, END}, tokenizer.numbers("lloo"));
    }

    @Test
    void lettersHaveTheNumbersOfClip() {
        // In CLIP "a" at the end of a word is 320, and "!" within one is 0.
        assertArrayEquals(new long[] {START, 320, END}, tokenizer.numbers("a"));
        assertArrayEquals(new long[] {START, 0, WORD_END, END}, tokenizer.numbers("!!"));
    }

    @Test
    void wordsAreCutAsInClip() {
        assertArrayEquals(
                new long[] {
                    START,
                    letter('i') + WORD_END,
                    letter('\''),
                    letter('m') + WORD_END,
                    letter('1') + WORD_END,
                    letter('2') + WORD_END,
                    letter('-') + WORD_END,
                    letter('x') + WORD_END,
                    END
                },
                tokenizer.numbers("  I'm\t12-X "));
    }

    @Test
    void otherScriptsAreBytes() {
        // U+00E9 is C3 A9 in UTF-8: printable bytes, which stand for themselves after the 94 of ASCII.
        assertArrayEquals(
                new long[] {START, 94 + 0xc3 - 0xa1 - 1, 94 + 0xa9 - 0xa1 + WORD_END, END},
                tokenizer.numbers("\u00c9"));
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        JobFailure.Rejected refused =
                assertThrows(JobFailure.Rejected.class, () -> tokenizer.numbers("one two three four"));
        assertTrue(refused.getMessage().contains("10 at most"), refused.getMessage());
    }

    @Test
    void aCompressedListIsTheSame() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(FILE);
        }
        assertTrue(BytePairs.recognises(packed.toByteArray()));
        assertEquals(BytePairs.parse(FILE, "merges"), BytePairs.parse(packed.toByteArray(), "packed"));
    }

    @Test
    void damagedListsAreReadOrRefused() {
        SplittableRandom random = new SplittableRandom(3);
        int refused = 0;
        for (int i = 0; i < Integer.getInteger("sam.fuzz.iterations", 1_000); i++) {
            byte[] damaged = Mutations.mutate(FILE, random);
            try {
                BytePairs.parse(damaged, "damaged");
            } catch (JobFailure.Rejected refusal) {
                refused++;
            }
        }
        assertTrue(refused > 100, "only " + refused + " were refused");
    }

    private static int letter(char letter) {
        return letter - '!';
    }
}
