package org.saminversion.inversion.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.inversion.file.InvalidFile;

/**
 * The vocabulary of a text encoder: which pairs of tokens are merged into one, the earliest first, and the tokens' numbers. Numbers
 * go to the 256 bytes, the same at the end of a word, the merged pairs, and the marks of start and end.
 *
 * @param ranks the place of each pair in the order of merging; a pair is two tokens with a space between
 * @param numbers by token
 */
public record BytePairs(Map<String, Integer> ranks, Map<String, Integer> numbers) {
    /** What a token at the end of a word ends with. */
    static final String WORD_END = "</w>";

    static final String START = "<|startoftext|>";
    static final String END = "<|endoftext|>";

    /** How many merges CLIP uses of the file that OpenAI publishes, which has more. */
    private static final int MERGES_MAX = 48_894;

    private static final int FILE_BYTES_MAX = 16 << 20;
    private static final int GZIP_MAGIC = 0x8b1f;

    /**
     * @param file a line of heading and then a pair on each line, plain or compressed by gzip
     * @throws JobFailure.Rejected of kind {@code file-invalid} if it is no such file
     * @throws JobFailure.Transient if reading fails
     */
    public static BytePairs read(Path file) {
        try {
            return parse(Files.readAllBytes(file), file.toString());
        } catch (IOException failure) {
            throw InvalidFile.whileReading(file.toString(), failure);
        }
    }

    /** Whether contents look like such a file by how they begin. */
    public static boolean recognises(byte[] contents) {
        return text(contents).filter(text -> heading(text).isPresent()).isPresent();
    }

    static BytePairs parse(byte[] contents, String file) {
        String text = text(contents)
                .orElseThrow(() -> InvalidFile.because(file, "it is damaged, or unpacks to more than 16 MiB"));
        if (heading(text).isEmpty()) {
            throw InvalidFile.because(file, "it has no line with #version: this is no list of byte pairs");
        }
        List<String> pairs = text.lines().skip(1).limit(MERGES_MAX).toList();
        Map<String, Integer> ranks = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (String end : List.of("", WORD_END)) {
            ByteSymbols.inOrder().forEach(symbol -> numbers.put(symbol + end, numbers.size()));
        }
        int next = numbers.size();
        for (String pair : pairs) {
            String[] parts = pair.split(" ", -1);
            if (parts.length != 2 || !numbers.containsKey(parts[0]) || !numbers.containsKey(parts[1])) {
                throw InvalidFile.because(
                        file, "line " + (ranks.size() + 2) + " is not a pair of tokens that came before: " + pair);
            }
            ranks.put(pair, ranks.size());
            numbers.put(parts[0] + parts[1], next++);
        }
        numbers.put(START, next);
        numbers.put(END, next + 1);
        return new BytePairs(Map.copyOf(ranks), Map.copyOf(numbers));
    }

    private static Optional<String> heading(String text) {
        return text.lines().limit(1).filter(line -> line.contains("#version")).findFirst();
    }

    private static Optional<String> text(byte[] contents) {
        boolean compressed = contents.length > 2 && ((contents[1] & 0xff) << 8 | contents[0] & 0xff) == GZIP_MAGIC;
        try (InputStream in = compressed
                ? new GZIPInputStream(new ByteArrayInputStream(contents))
                : new ByteArrayInputStream(contents)) {
            byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
            return bytes.length > FILE_BYTES_MAX
                    ? Optional.empty()
                    : Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }
}
