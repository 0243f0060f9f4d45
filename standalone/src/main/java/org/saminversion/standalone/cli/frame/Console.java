package org.saminversion.standalone.cli.frame;

import java.io.PrintStream;
import java.time.InstantSource;

/**
 * Where a command talks to its user.
 *
 * @param out results only, so that they can be piped
 * @param err progress, notes and errors
 * @param terminal whether {@code err} is a terminal, which decides how progress is drawn
 * @param clock measures how long work takes
 */
public record Console(PrintStream out, PrintStream err, boolean terminal, InstantSource clock) {
    /** One line for the user that is not a result. */
    public void note(String line) {
        err.println(line);
    }
}
