/** What every command has: the console, the folders, the exit code, and how results are written. It knows no command. */
package org.saminversion.standalone.cli.frame;
