/** The commands {@code bench ...} and {@code sweep}, which measure the engine and compare methods. */
package org.saminversion.standalone.cli.bench;
