package org.saminversion.model.callback;

import java.util.Set;

/** What a caller decides of an endpoint; checked before it gets here. */
public record EndpointDraft(String url, String description, Set<CallbackEvent> events) {}
