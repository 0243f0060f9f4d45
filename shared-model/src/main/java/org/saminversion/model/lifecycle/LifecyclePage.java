package org.saminversion.model.lifecycle;

import java.util.stream.Collectors;

/** The lifecycle as a page of documentation. */
public final class LifecyclePage {
    private LifecyclePage() {}

    /** Markdown with a Mermaid diagram and the table. */
    public static String markdown() {
        return """
                # Lifecycle of a job

                Generated from `JobLifecycle`; a test keeps this page equal to the code
                (`-Dsam.update-docs=true` writes it anew).

                ```mermaid
                stateDiagram-v2
                    [*] --> QUEUED : method needs a map
                    [*] --> READY : method needs none
                %s
                    SUCCEEDED --> [*]
                    CANCELLED --> [*]
                    EXPIRED --> [*]
                ```

                | state | trigger | next state | action |
                |---|---|---|---|
                %s
                """.formatted(
                JobLifecycle.TRANSITIONS.stream()
                        .map(t -> "    " + t.from() + " --> " + t.to() + " : " + t.trigger())
                        .collect(Collectors.joining("\n")),
                JobLifecycle.TRANSITIONS.stream()
                        .map(t -> "| " + t.from() + " | " + t.trigger() + " | " + t.to() + " | " + t.action() + " |")
                        .collect(Collectors.joining("\n")));
    }
}
