package org.saminversion.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names one rendering; the body of a message on {@link Topics#EDIT_REQUESTS}. */
public record EditKey(JobId job, int number) {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F-]{36})/([1-9][0-9]{0,8})");

    /** Empty unless the text is a job's id, a slash and a number from 1. */
    public static Optional<EditKey> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? JobId.parse(matcher.group(1)).map(job -> new EditKey(job, Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return job + "/" + number;
    }
}
