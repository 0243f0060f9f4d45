package org.saminversion.standalone.cli;

import java.nio.file.Path;

/**
 * Where the files that ship with the project lie.
 *
 * @param root the folder of the script {@code sam}, which passes it on as the system property {@code sam.home}
 */
record ProjectFolder(Path root) {
    static ProjectFolder current() {
        return new ProjectFolder(Path.of(System.getProperty("sam.home", "")));
    }

    Path models() {
        return root.resolve("models");
    }

    Path samples() {
        return root.resolve("samples");
    }
}
