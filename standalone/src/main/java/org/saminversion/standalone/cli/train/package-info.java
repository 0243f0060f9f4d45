/** The commands {@code train ...}, which give a bundle networks that photographs have taught. */
package org.saminversion.standalone.cli.train;
