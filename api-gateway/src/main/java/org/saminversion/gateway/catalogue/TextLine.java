package org.saminversion.gateway.catalogue;

/**
 * A line of text, or why it is none.
 *
 * @param number from 1
 * @param text without its end; meaningless if {@code fault} says something
 * @param fault what is wrong with it; empty for a good line
 */
record TextLine(long number, String text, String fault) {
    boolean isGood() {
        return fault.isEmpty();
    }
}
