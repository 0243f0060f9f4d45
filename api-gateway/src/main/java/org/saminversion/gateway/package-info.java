/** The HTTP interface of the service. It checks requests, writes and reads the store, and never runs the engine. */
package org.saminversion.gateway;
