package org.saminversion.outbound;

/** Why a request to a caller's address did not give what was wanted. The message is written for that caller. */
public abstract sealed class OutboundFailure extends RuntimeException
        permits OutboundFailure.Refused,
                OutboundFailure.Unreachable,
                OutboundFailure.BadAnswer,
                OutboundFailure.TooLarge {
    private static final long serialVersionUID = 1L;

    protected OutboundFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** We do not send there: the URL, its scheme, its port, or the address behind its name is not allowed. */
    public static final class Refused extends OutboundFailure {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            this(message, null);
        }

        public Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** No whole answer came: the name is unknown, the connection failed, or the time was up. It may work later. */
    public static final class Unreachable extends OutboundFailure {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The answer's status is not 200. */
    public static final class BadAnswer extends OutboundFailure {
        private static final long serialVersionUID = 1L;
        private final int status;

        public BadAnswer(int status, String message) {
            super(message, null);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** The answer has more bytes than are taken. */
    public static final class TooLarge extends OutboundFailure {
        private static final long serialVersionUID = 1L;

        public TooLarge(String message) {
            super(message, null);
        }
    }
}
