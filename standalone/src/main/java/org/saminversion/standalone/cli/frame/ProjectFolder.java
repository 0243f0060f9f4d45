package org.saminversion.standalone.cli.frame;

import java.nio.file.Path;

/**
 * Where the files that ship with the project lie.
 *
 * @param root the folder of the script {@code sam}, which passes it on as the system property {@code sam.home}
 */
public record ProjectFolder(Path root) {
    /** That of this process. */
    public static ProjectFolder current() {
        return new ProjectFolder(Path.of(System.getProperty("sam.home", "")));
    }

    /** The folder of the bundles. */
    public Path models() {
        return root.resolve("models");
    }

    /** The folder of photographs to begin with. */
    public Path samples() {
        return root.resolve("samples");
    }
}
