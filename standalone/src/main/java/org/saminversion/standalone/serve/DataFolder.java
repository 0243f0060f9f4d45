package org.saminversion.standalone.serve;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder that keeps everything, locked for one process at a time. The lock ends with the process, however it ends. */
final class DataFolder implements AutoCloseable {
    /** Below this a start is refused: PostgreSQL and Kafka allocate files of 16 MB and more, and fail in obscure ways. */
    static final long FREE_BYTES_MIN = 512L << 20;

    private final Path folder;
    private final FileChannel lockFile;

    private DataFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /** @throws ServeException if it cannot be written, another process uses it, or its disk is almost full */
    static DataFolder open(Path path) throws ServeException {
        return open(path, FREE_BYTES_MIN);
    }

    static DataFolder open(Path path, long freeBytesMin) throws ServeException {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            requireSpace(folder, freeBytesMin);
            FileChannel lockFile = FileChannel.open(
                    folder.resolve("service.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(lockFile)) {
                lockFile.close();
                throw new ServeException(
                        "The service is already running on the data folder " + folder
                                + ". Use that one, stop it first, or choose another folder with --data.",
                        null);
            }
            return new DataFolder(folder, lockFile);
        } catch (IOException e) {
            throw new ServeException(
                    "The data folder " + folder + " cannot be used: " + e + ". Choose another one with --data.", e);
        }
    }

    private static boolean lock(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void requireSpace(Path folder, long freeBytesMin) throws IOException, ServeException {
        FileStore disk = Files.getFileStore(folder);
        if (disk.getUsableSpace() < freeBytesMin) {
            throw new ServeException(
                    "The disk of the data folder " + folder + " has only " + (disk.getUsableSpace() >> 20)
                            + " MB free; at least " + (freeBytesMin >> 20)
                            + " MB are needed. Free some space, or choose another folder with --data.",
                    null);
        }
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    Path database() {
        return folder.resolve("postgresql");
    }

    /** Files of requests until they are answered. */
    Path uploads() {
        return folder.resolve("uploads");
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
