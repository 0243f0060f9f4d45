package org.saminversion.gateway.batches;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What the address of a batch that is sent in one request can say. */
public class BatchParameters {
    @QueryParam("name")
    @Parameter(description = "your own words for the batch")
    String name;

    @QueryParam("onError")
    @Parameter(description = "continue (the default), or reject: one wrong line refuses the whole batch")
    String onError;

    @QueryParam("deadline")
    @Parameter(description = "an ISO 8601 duration, at most P30D; what has not ended by then expires")
    String deadline;

    @QueryParam("defaults")
    @Parameter(description = "a JSON object with the settings of items that name none")
    String defaults;

    @QueryParam("callback")
    @Parameter(description = "a URL, or a JSON object with url or endpoint: told once, when the batch has ended")
    String callback;
}
