package org.saminversion.model.callback;

import java.util.List;

/** A message with its body and all tries, the first one first. */
public record DeliveryDetails(Delivery delivery, String body, List<Attempt> attempts) {}
