/** The command line {@code ./sam}: one class per command, all of them thin wrappers of the engine or the service. */
package org.saminversion.standalone.cli;
