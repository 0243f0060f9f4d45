/** Commands that run services: {@code serve}, {@code gateway}, {@code worker}. */
package org.saminversion.standalone.cli.serve;
