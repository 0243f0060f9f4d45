/** Options that several groups of commands share: which bundle, which engine, which settings. */
package org.saminversion.standalone.cli.options;
