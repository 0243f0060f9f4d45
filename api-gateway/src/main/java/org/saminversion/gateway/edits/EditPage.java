package org.saminversion.gateway.edits;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/** @param next where the next page is; absent on the last */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record EditPage(List<EditView> items, Optional<String> next) {}
