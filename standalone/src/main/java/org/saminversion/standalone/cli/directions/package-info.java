/** The commands {@code directions ...}, which list the edit directions of a bundle and find new ones. */
package org.saminversion.standalone.cli.directions;
