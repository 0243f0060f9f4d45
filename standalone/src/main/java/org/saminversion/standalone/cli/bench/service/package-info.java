/** The commands {@code bench service ...}, which measure the whole service in this process. */
package org.saminversion.standalone.cli.bench.service;
