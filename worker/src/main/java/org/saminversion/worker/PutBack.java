package org.saminversion.worker;

/**
 * The work stops here and goes on elsewhere or later: this process shuts down, its slot is needed for a person, or Kafka has
 * given the job to another.
 */
final class PutBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PutBack(String message) {
        super(message);
    }
}
