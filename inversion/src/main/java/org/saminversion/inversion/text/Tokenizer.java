package org.saminversion.inversion.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saminversion.inversion.failure.JobFailure;

/**
 * Cuts texts into tokens as CLIP does: lower case, words, numerals and punctuation apart, and within them the byte pairs of a
 * vocabulary, the earliest of its list first.
 */
final class Tokenizer {
    private static final Pattern WORDS = Pattern.compile(
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\p{IsWhite_Space}\\p{L}\\p{N}]+");

    private final BytePairs vocabulary;
    private final int length;

    /** @param length of the longest text, with the marks of start and end */
    Tokenizer(BytePairs vocabulary, int length) {
        this.vocabulary = vocabulary;
        this.length = length;
    }

    /** The most tokens that a text may have, with the marks of start and end. */
    int length() {
        return length;
    }

    /**
     * The numbers of a text's tokens between those of start and end.
     *
     * @return {@link #length()} at most
     * @throws JobFailure.Rejected of kind {@code parameter-out-of-range} if the text is too long
     */
    long[] numbers(String text) {
        List<String> tokens = new ArrayList<>(List.of(BytePairs.START));
        Matcher words = WORDS.matcher(text.toLowerCase(Locale.ROOT));
        while (words.find()) {
            tokens.addAll(tokens(words.group()));
        }
        tokens.add(BytePairs.END);
        if (tokens.size() > length) {
            throw new JobFailure.Rejected(
                    "parameter-out-of-range",
                    "the text '" + text + "' has " + (tokens.size() - 2) + " tokens, and the text encoder takes "
                            + (length - 2) + " at most: use fewer words");
        }
        return tokens.stream().mapToLong(vocabulary.numbers()::get).toArray();
    }

    private List<String> tokens(String word) {
        if (word.equals(BytePairs.START) || word.equals(BytePairs.END)) {
            return List.of(word);
        }
        List<String> tokens = ByteSymbols.of(word);
        tokens.set(tokens.size() - 1, tokens.get(tokens.size() - 1) + BytePairs.WORD_END);
        for (int rank = lowestRank(tokens); rank < Integer.MAX_VALUE; rank = lowestRank(tokens)) {
            tokens = merged(tokens, rank);
        }
        return tokens;
    }

    private int lowestRank(List<String> tokens) {
        int lowest = Integer.MAX_VALUE;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            lowest = Math.min(lowest, rank(tokens, i));
        }
        return lowest;
    }

    private int rank(List<String> tokens, int first) {
        return vocabulary.ranks().getOrDefault(tokens.get(first) + " " + tokens.get(first + 1), Integer.MAX_VALUE);
    }

    private List<String> merged(List<String> tokens, int rank) {
        List<String> merged = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (i + 1 < tokens.size() && rank(tokens, i) == rank) {
                merged.add(tokens.get(i) + tokens.get(++i));
            } else {
                merged.add(tokens.get(i));
            }
        }
        return merged;
    }
}
