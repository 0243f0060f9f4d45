package org.saminversion.gateway.inversions;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/** @param next where the next page is; absent on the last */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record InversionPage(List<InversionView> items, Optional<String> next) {}
