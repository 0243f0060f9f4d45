/** The commands {@code webhook ...} for those who receive callbacks. */
package org.saminversion.standalone.cli.webhook;
