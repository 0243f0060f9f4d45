package org.saminversion.gateway.problems;

import java.util.Map;

/** Ends a request with a problem, and with headers that belong to it. */
public final class ProblemFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemKind kind;
    private final transient Map<String, String> headers;

    /** @param detail what was wrong with this request, and what to do */
    public ProblemFailure(ProblemKind kind, String detail, Map<String, String> headers) {
        super(detail);
        this.kind = kind;
        this.headers = Map.copyOf(headers);
    }

    public ProblemFailure(ProblemKind kind, String detail) {
        this(kind, detail, Map.of());
    }

    public ProblemKind kind() {
        return kind;
    }

    /** Of the answer, by name. */
    public Map<String, String> headers() {
        return headers;
    }
}
