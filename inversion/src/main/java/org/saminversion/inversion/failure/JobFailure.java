package org.saminversion.inversion.failure;

/**
 * Everything that can go wrong with a piece of work, as a closed family that says who can mend it.
 *
 * <p>The message of each is written for that reader: what was wrong, and what to do.
 */
public abstract sealed class JobFailure extends RuntimeException
        permits JobFailure.Rejected,
                JobFailure.Transient,
                JobFailure.Poisoned,
                JobFailure.Cancelled,
                JobFailure.Expired,
                JobFailure.Bug {
    private static final long serialVersionUID = 1L;

    protected JobFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** The caller's input is wrong: trying again without changing it is useless. */
    public static final class Rejected extends JobFailure {
        private static final long serialVersionUID = 1L;
        private final String kind;

        /** @param kind a stable lower-case word for the problem, such as {@code image-unreadable}; names its help page */
        public Rejected(String kind, String message) {
            this(kind, message, null);
        }

        public Rejected(String kind, String message, Throwable cause) {
            super(message, cause);
            this.kind = kind;
        }

        public String kind() {
            return kind;
        }
    }

    /** The surroundings failed (network, disk, database): trying again later may work. */
    public static final class Transient extends JobFailure {
        private static final long serialVersionUID = 1L;

        public Transient(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The work itself fails every time, for example a loss that turns into NaN: never tried again. */
    public static final class Poisoned extends JobFailure {
        private static final long serialVersionUID = 1L;

        public Poisoned(String message) {
            super(message, null);
        }
    }

    /** Somebody asked to stop. */
    public static final class Cancelled extends JobFailure {
        private static final long serialVersionUID = 1L;

        public Cancelled(String message) {
            super(message, null);
        }
    }

    /** A deadline passed. */
    public static final class Expired extends JobFailure {
        private static final long serialVersionUID = 1L;

        public Expired(String message) {
            super(message, null);
        }
    }

    /** Our own mistake; the report should go to the maintainers. */
    public static final class Bug extends JobFailure {
        private static final long serialVersionUID = 1L;

        public Bug(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
