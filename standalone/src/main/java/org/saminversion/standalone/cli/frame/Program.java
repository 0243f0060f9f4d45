package org.saminversion.standalone.cli.frame;

/** The program that a command belongs to. */
public interface Program {
    /** Where the command talks to its user. */
    Console console();

    /** The folder that holds {@code models} and {@code samples}. */
    ProjectFolder home();
}
