package org.saminversion.inversion.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

    /** A file that is missing, locked away or no file at all is the caller's mistake; other failures to read may pass. */
    public static JobFailure whileReading(String file, IOException failure) {
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return because(file, "there is no such file, or it may not be read", failure);
        }
        if (failure instanceof AccessDeniedException) {
            return because(file, "this program may not read it", failure);
        }
        if (Files.isDirectory(Path.of(file))) {
            return because(file, "it is a folder", failure);
        }
        return new JobFailure.Transient(file + ": could not be read: " + reason(failure), failure);
    }

    /** What the operating system said, without the path, which the messages of this package name already. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "access denied";
        }
        if (failure instanceof FileSystemException inFileSystem && inFileSystem.getReason() != null) {
            return inFileSystem.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
