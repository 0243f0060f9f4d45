package org.saminversion.standalone.cli;

import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Where the packaged program begins. It only starts the command line: commands that need the service start Quarkus
 * themselves, all others never do and so answer at once.
 */
@QuarkusMain
public class Main {
    public static void main(String... arguments) {
        Sam.main(arguments);
    }
}
