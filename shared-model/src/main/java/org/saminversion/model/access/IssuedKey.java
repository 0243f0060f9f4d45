package org.saminversion.model.access;

/**
 * A key that was just made.
 *
 * @param text the only time that the secret is seen
 */
public record IssuedKey(ApiKey key, KeyText text) {}
