package org.saminversion.standalone.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.saminversion.standalone.RunningService;
import org.saminversion.standalone.rules.Project;

/**
 * Runs every {@code sh} block of the documentation with the packaged program, in a folder that looks like a clone: what the
 * documentation shows works.
 */
class DocumentationIT {
    private static final int BLOCK_SECONDS_MAX = 600;
    /** The port in the documentation, replaced by a free one. */
    private static final String DOCUMENTED_PORT = "8080";

    @TempDir
    private static Path clone;

    private static RunningService service;

    @BeforeAll
    static void prepareTheFolder() throws IOException {
        for (String name : List.of("sam", "models")) {
            Files.createSymbolicLink(clone.resolve(name), Project.root().resolve(name));
        }
        Files.createDirectories(clone.resolve("samples"));
        try (Stream<Path> samples = Files.list(Project.root().resolve("samples"))) {
            for (Path sample : samples.toList()) {
                Files.copy(
                        sample,
                        clone.resolve("samples").resolve(sample.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        service = RunningService.start(clone);
    }

    @AfterAll
    static void stopTheService() throws InterruptedException {
        service.stop();
    }

    @TestFactory
    Stream<DynamicTest> everyShellBlockWorks() {
        List<ShellBlock> blocks = ShellBlock.inProject();
        assertTrue(blocks.size() > 5, "only " + blocks.size() + " blocks were found");
        return blocks.stream().map(block -> dynamicTest(block.place(), () -> run(block)));
    }

    private static void run(ShellBlock block) throws IOException, InterruptedException {
        // These would run this very test, or install software.
        String commands = block.commands().replaceAll("(?m)^\\./sam test.*$", "./sam test --help");
        if (block.needsService()) {
            commands = commands.replace(DOCUMENTED_PORT, String.valueOf(service.port()));
        }
        Path output = clone.resolve("output.txt");
        Process process = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                .directory(clone.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(BLOCK_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        int exitCode = process.waitFor();
        assertEquals(
                0, exitCode, () -> block.place() + " failed:\n" + block.commands() + "\nIt printed:\n" + read(output));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            return failure.toString();
        }
    }
}
