package org.saminversion.inversion.method;

/**
 * A number that a caller may choose about a method.
 *
 * @param name as in {@code --set name=value}
 * @param usual what the reference has
 * @param least the smallest sensible value
 * @param most the largest sensible value
 * @param meaning for people
 */
public record MethodSetting(String name, double usual, double least, double most, String meaning) {}
