package org.saminversion.standalone.cli.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import org.saminversion.graph.DeviceMissingException;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.standalone.serve.ServeException;

/** What the process returns, and the one line that says why. */
public final class ExitCode {
    public static final int SUCCESS = 0;
    public static final int FAILURE = 1;
    public static final int USAGE = 2;

    /** The kinds of rejection that a changed command line mends, as opposed to a changed file. */
    private static final Set<String> USAGE_KINDS = Set.of(
            "parameter-out-of-range",
            "method-unknown",
            "method-without-encoder",
            "setting-unknown",
            "bundle-unknown",
            "direction-unknown",
            "direction-exists",
            "import-refused",
            "labels-too-few");

    private ExitCode() {}

    /** Wrong usage if another command line would mend it, otherwise failure. */
    public static int of(Throwable failure) {
        return failure instanceof JobFailure.Rejected rejected && USAGE_KINDS.contains(rejected.kind())
                ? USAGE
                : FAILURE;
    }

    /** One line: what was wrong and what to do. */
    public static String explain(Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked) {
            return explain(unchecked.getCause());
        }
        if (failure instanceof JobFailure.Bug bug) {
            return bug.getMessage() + " This is a mistake in the program: please report it with the output of --debug.";
        }
        if (failure instanceof JobFailure
                || failure instanceof ServeException
                || failure instanceof DeviceMissingException) {
            return singleLine(failure.getMessage());
        }
        if (failure instanceof OutOfMemoryError) {
            return "the Java heap is too small for this: start again with SAM_JAVA_OPTIONS=-Xmx8g";
        }
        if (failure instanceof IOException exception) {
            return explainFileTrouble(exception);
        }
        return "unexpected " + failure.getClass().getSimpleName() + ": " + singleLine(failure.getMessage())
                + ". Run the command again with --debug and report what it prints";
    }

    private static String explainFileTrouble(IOException exception) {
        if (exception instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist: check the path";
        }
        if (exception instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be read or written by this user: change its permissions or choose"
                    + " another path";
        }
        if (exception instanceof ConnectException) {
            return "nothing answers at the address of the service: start it with ./sam serve, or check --url";
        }
        if (exception instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " exists and is not a folder: choose another path";
        }
        if (String.valueOf(exception.getMessage()).contains("No space left on device")) {
            return "the disk is full" + fileOf(exception) + ": free some space and run the same command again";
        }
        if (exception instanceof FileSystemException trouble && trouble.getReason() != null) {
            return trouble.getFile() + ": " + singleLine(trouble.getReason());
        }
        return exception.getMessage() == null
                ? "the connection or file failed (" + exception.getClass().getSimpleName() + "): try again"
                : singleLine(exception.getMessage());
    }

    private static String fileOf(IOException exception) {
        return exception instanceof FileSystemException trouble && trouble.getFile() != null
                ? " (" + trouble.getFile() + ")"
                : "";
    }

    /** The message with its lines joined by spaces. */
    public static String singleLine(String message) {
        return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
