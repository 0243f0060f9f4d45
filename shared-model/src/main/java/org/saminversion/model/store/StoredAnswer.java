package org.saminversion.model.store;

/**
 * An answer that is given again to the same request.
 *
 * @param status of HTTP
 * @param location address of what was made
 * @param body JSON
 */
public record StoredAnswer(int status, String location, String body) {}
