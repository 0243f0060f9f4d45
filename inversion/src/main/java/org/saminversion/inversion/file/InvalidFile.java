package org.saminversion.inversion.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.saminversion.inversion.failure.JobFailure;

/** Builds the failures of this package, so that all of them name the file first and then what is wrong with it. */
public final class InvalidFile {
    /** The stable word for a file whose contents cannot be used. */
    public static final String KIND = "file-invalid";

    private InvalidFile() {}

    /** @param file how the reader of the message knows the file, for example its path */
    public static JobFailure.Rejected because(String file, String problem) {
        return new JobFailure.Rejected(KIND, file + ": " + problem);
    }

    public static JobFailure.Rejected because(String file, String problem, Throwable cause) {
        return new JobFailure.Rejected(KIND, file + ": " + problem, cause);
    }

    /** A missing file is the caller's mistake; any other failure to read may pass. */
    public static JobFailure whileReading(String file, IOException failure) {
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return because(file, "there is no such file, or it may not be read", failure);
        }
        return new JobFailure.Transient(file + ": could not be read: " + reason(failure), failure);
    }

    /** What the operating system said, without a class name where it gave words. */
    static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
