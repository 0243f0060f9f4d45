package org.saminversion.model.study;

/** Where a rater sees a picture. */
public enum Side {
    LEFT,
    RIGHT
}
