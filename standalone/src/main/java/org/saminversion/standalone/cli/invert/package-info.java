/** Commands that work on pictures with the engine in this process: {@code invert}, {@code render}, {@code edit}, {@code sample}. */
package org.saminversion.standalone.cli.invert;
