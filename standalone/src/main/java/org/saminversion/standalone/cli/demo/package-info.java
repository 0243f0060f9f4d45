/** The command {@code demo}: the whole service at work on one photograph. */
package org.saminversion.standalone.cli.demo;
