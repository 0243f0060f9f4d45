/**
 * The command line {@code ./sam}: one package per group of commands, all of them thin wrappers of the engine or the service.
 * {@link org.saminversion.standalone.cli.Sam} holds them together.
 */
package org.saminversion.standalone.cli;
