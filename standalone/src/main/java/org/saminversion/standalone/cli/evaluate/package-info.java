/** The commands {@code evaluate ...}, which tell how good the networks of a bundle are. */
package org.saminversion.standalone.cli.evaluate;
