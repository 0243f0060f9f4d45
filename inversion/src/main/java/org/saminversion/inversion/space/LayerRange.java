package org.saminversion.inversion.space;

/**
 * A half-open range of style indices: {@code 4..6} is the styles 4 and 5 (spec edits.md 1.2).
 *
 * @param start the first style
 * @param end one past the last style
 */
public record LayerRange(int start, int end) {
    public LayerRange {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a range of styles begins at 0 or later and is not empty, unlike "
                    + start + " to " + end + " (the end is not included)");
        }
    }

    /** Every style of a generator with this many. */
    public static LayerRange all(int styles) {
        return new LayerRange(0, styles);
    }

    public boolean contains(int style) {
        return style >= start && style < end;
    }
}
