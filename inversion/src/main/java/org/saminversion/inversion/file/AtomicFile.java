package org.saminversion.inversion.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.saminversion.inversion.failure.JobFailure;

/** Writes whole files so that a reader, or the next run after a power cut, sees the old file or the new one. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Produces the contents of a file. */
    @FunctionalInterface
    public interface Contents {
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    /**
     * Writes a temporary file beside the target, forces it to the disk and moves it into place.
     *
     * @throws JobFailure.Transient if that fails, for example on a full disk; nothing is left behind then and an older
     *     file at the target is untouched
     */
    public static void write(Path target, Contents contents) {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new JobFailure.Rejected("path-invalid", target + " is a folder: name a file in it");
        }
        Path temporary = folder.resolve("." + absolute.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(folder);
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                contents.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw notWritten(target, failure);
        } finally {
            removeQuietly(temporary);
        }
        forceFolder(folder);
    }

    private static JobFailure.Transient notWritten(Path target, IOException failure) {
        return new JobFailure.Transient(
                target + " could not be written: " + InvalidFile.reason(failure)
                        + ". Nothing was left half-written; check the free space and the rights on the folder, then try"
                        + " again.",
                failure);
    }

    private static void removeQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException ignored) {
            // The failure that led here is the one to report.
        }
    }

    /** Makes the new name itself durable. Some systems cannot open a folder; the move is atomic there all the same. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ignored) {
            // See above.
        }
    }
}
