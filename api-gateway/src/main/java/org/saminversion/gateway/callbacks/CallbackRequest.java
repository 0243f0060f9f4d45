package org.saminversion.gateway.callbacks;

import java.util.Optional;
import java.util.Set;
import org.saminversion.model.callback.CallbackEvent;

/**
 * Where the caller wants to be called back, understood but not yet looked up.
 *
 * @param url of an endpoint that need not exist; empty if it is named by its id
 * @param endpoint the id; empty if it is named by its URL
 * @param events what to tell; empty if the endpoint decides
 */
public record CallbackRequest(Optional<String> url, Optional<String> endpoint, Optional<Set<CallbackEvent>> events) {}
