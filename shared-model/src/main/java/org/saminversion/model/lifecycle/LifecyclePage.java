package org.saminversion.model.lifecycle;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A lifecycle as a page of documentation.
 *
 * @param source the class that holds the table
 * @param ends lines of the diagram that lead into and out of it
 */
public record LifecyclePage(String title, String source, List<String> ends, List<Row> rows) {
    public record Row(String from, String trigger, String to, String action) {}

    /** docs/job-lifecycle.md. */
    static LifecyclePage ofJobs() {
        return new LifecyclePage(
                "Lifecycle of a job",
                "JobLifecycle",
                List.of(
                        "[*] --> QUEUED : method needs a map",
                        "[*] --> READY : method needs none",
                        "SUCCEEDED --> [*]",
                        "CANCELLED --> [*]",
                        "EXPIRED --> [*]"),
                JobLifecycle.TRANSITIONS.stream()
                        .map(t -> new Row(
                                t.from().name(),
                                t.trigger().name(),
                                t.to().name(),
                                t.action().name()))
                        .toList());
    }

    /** Markdown with a Mermaid diagram and the table. */
    public String markdown() {
        return """
                # %s

                Generated from `%s`; a test keeps this page equal to the code
                (`-Dsam.update-docs=true` writes it anew).

                ```mermaid
                stateDiagram-v2
                %s
                %s
                ```

                | state | trigger | next state | action |
                |---|---|---|---|
                %s
                """.formatted(
                        title,
                        source,
                        ends.stream().map(end -> "    " + end).collect(Collectors.joining("\n")),
                        rows.stream()
                                .map(row -> "    " + row.from() + " --> " + row.to() + " : " + row.trigger())
                                .collect(Collectors.joining("\n")),
                        rows.stream()
                                .map(row -> "| " + row.from() + " | " + row.trigger() + " | " + row.to() + " | "
                                        + row.action() + " |")
                                .collect(Collectors.joining("\n")));
    }
}
