package org.saminversion.model.callback;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may want to be told of. */
public enum CallbackEvent {
    /** The end, whichever it is. */
    COMPLETED,
    /** Every change of state, the end too. */
    STATE,
    /** Progress of the work, at most twice a second for each job. */
    PROGRESS;

    /** What is told if the caller asks for nothing else. */
    public static final Set<CallbackEvent> DEFAULT = Set.of(COMPLETED);

    /** For example {@code completed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CallbackEvent> ofWord(String word) {
        return Arrays.stream(values())
                .filter(event -> event.word().equals(word))
                .findFirst();
    }

    /** In the order of the enumeration. */
    public static List<String> words(Set<CallbackEvent> events) {
        return Arrays.stream(values())
                .filter(events::contains)
                .map(CallbackEvent::word)
                .toList();
    }

    /** As the column of a table: {@code completed,progress}. */
    public static String write(Set<CallbackEvent> events) {
        return String.join(",", words(events));
    }

    /** @param column as {@link #write} wrote it */
    public static Set<CallbackEvent> read(String column) {
        return Arrays.stream(column.split(","))
                .map(word -> ofWord(word).orElseThrow())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CallbackEvent.class)));
    }
}
