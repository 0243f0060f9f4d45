package org.saminversion.model.store;

import org.saminversion.model.Tenant;

/**
 * A request that is to be done once.
 *
 * @param route method and path, such as {@code POST /v1/inversions}
 * @param key chosen by the caller
 * @param requestSha256 of what the caller asked for, in 64 hexadecimal digits
 */
public record IdempotencyKey(Tenant tenant, String route, String key, String requestSha256) {
    public static final int LENGTH_MAX = 255;
}
