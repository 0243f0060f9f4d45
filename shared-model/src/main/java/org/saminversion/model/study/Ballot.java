package org.saminversion.model.study;

/**
 * What a rater is asked next.
 *
 * @param pair its number, from 1
 * @param given votes of this rater so far
 * @param remaining pairs that this rater may still be shown, with this one
 */
public record Ballot(int pair, int given, int remaining) {}
