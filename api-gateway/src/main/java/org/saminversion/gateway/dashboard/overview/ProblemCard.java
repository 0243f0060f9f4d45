package org.saminversion.gateway.dashboard.overview;

import java.util.Locale;

/**
 * Something that needs somebody.
 *
 * @param text what is known of it
 * @param section of docs/runbook.md that says what to do
 */
public record ProblemCard(Level level, String title, String text, String section) {
    /** How much it matters. */
    public enum Level {
        /** Work stands still, or will soon. */
        BAD,
        /** Work goes on, but not as it should. */
        WARN;

        /** As styles name it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
