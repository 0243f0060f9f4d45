/** The commands {@code keys ...}, with which operators decide who may speak to a service. */
package org.saminversion.standalone.cli.keys;
