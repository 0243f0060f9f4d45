/** The command {@code batch}: a catalogue through a running service. */
package org.saminversion.standalone.cli.batch;
